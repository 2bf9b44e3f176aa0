"""What wakes scheduling before its own sweep does."""

from typing import Any

from odoo_bridge.models import (
    Employee,
    ManufacturingOrder,
    Move,
    Partner,
    Picking,
    Product,
    PurchaseOrder,
    SaleOrder,
    TimeOff,
    Vehicle,
    VehicleCategory,
)
from odoo_bridge.signals import mirrors_changed
from portal.core.changes import follow
from portal.core.jobs import wake
from scheduling.services.check_runs import CHECK_RUNS
from scheduling.services.follow_pickings import FIND_JOBS
from scheduling.views.made_day import TOPICS
from scheduling.views.ready_days import MAKE_DAYS_READY

FIND_TRUCKS = "scheduling.tasks.find_trucks"


def look_for_work(sender: type, **_: Any) -> None:
    """Look for jobs, trucks or problems as soon as what they are made of has changed."""
    if sender in {Move, Partner, Picking, PurchaseOrder, SaleOrder}:
        wake(FIND_JOBS)
    if sender in {Vehicle, VehicleCategory, Employee}:
        wake(FIND_TRUCKS)
    if sender in {ManufacturingOrder, Move, Product, SaleOrder, TimeOff}:
        wake(CHECK_RUNS)


def connect() -> None:
    """Start listening; once, however often it is called."""
    follow(TOPICS, MAKE_DAYS_READY)
    mirrors_changed.connect(look_for_work, dispatch_uid="scheduling.look_for_work")
