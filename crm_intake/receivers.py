"""What wakes the intake before its own sweep does."""

from typing import Any

from odoo_bridge.models import BlockedNumber
from odoo_bridge.signals import mirrors_changed
from portal.core.jobs import wake

HEED_BLACKLIST = "crm_intake.tasks.heed_odoo_blacklist"


def look_at_the_blacklist(sender: type, **_: Any) -> None:
    """Look as soon as a number was blocked in Odoo."""
    if sender is BlockedNumber:
        wake(HEED_BLACKLIST)


def connect() -> None:
    """Start listening; once, however often it is called."""
    mirrors_changed.connect(look_at_the_blacklist, dispatch_uid="crm_intake.look_at_the_blacklist")
