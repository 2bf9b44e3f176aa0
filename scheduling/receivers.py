"""What wakes scheduling before its own sweep does."""

from typing import Any

from odoo_bridge.models import Picking, SaleOrder
from odoo_bridge.signals import mirrors_changed
from portal.core.jobs import wake

FIND_JOBS = "scheduling.tasks.find_jobs"


def look_for_jobs(sender: type, **_: Any) -> None:
    """Look for jobs as soon as an order or a transfer has changed."""
    if sender in {Picking, SaleOrder}:
        wake(FIND_JOBS)


def connect() -> None:
    """Start listening; once, however often it is called."""
    mirrors_changed.connect(look_for_jobs, dispatch_uid="scheduling.look_for_jobs")
