"""Scheduling's tasks. They carry no data and find their own work in the database."""

from typing import Any

from celery import shared_task

from scheduling.services.follow_fleet import follow_fleet
from scheduling.services.follow_pickings import follow_pickings


@shared_task(ignore_result=True)
def find_jobs(**_: Any) -> None:
    """Make jobs of new deliveries and end those that Odoo ended. Safe to run at any time."""
    follow_pickings()


@shared_task(ignore_result=True)
def find_trucks(**_: Any) -> None:
    """Follow Odoo's fleet and the portal's drivers. Safe to run at any time."""
    follow_fleet()
