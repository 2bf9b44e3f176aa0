"""Scheduling's tasks. They carry no data and find their own work in the database."""

import time
from typing import Any

from celery import shared_task

from portal.core.jobs import ring
from scheduling.services.check_runs import check_coming_runs
from scheduling.services.find_place import find_next, forget_old_points
from scheduling.services.follow_answers import follow_answers
from scheduling.services.follow_fleet import follow_fleet
from scheduling.services.follow_pickings import follow_pickings
from scheduling.services.follow_places import AT_ONCE, follow_places
from scheduling.services.follow_promises import follow_promises
from scheduling.services.measure_ways import forget_old_ways
from scheduling.views import ready_days

FIND_PLACES = "scheduling.tasks.find_places"
LONGEST = 60  # seconds: far less than a worker's limit


@shared_task(ignore_result=True)
def find_jobs(**_: Any) -> None:
    """Make jobs of new deliveries, at their places; end those that Odoo ended.

    Safe to run at any time.
    """
    follow_pickings()
    while placed := follow_places():
        ring(FIND_PLACES)
        if placed < AT_ONCE:
            break


@shared_task(ignore_result=True)
def find_places(**_: Any) -> None:
    """Look for where places are, and forget what may be kept no longer. Safe at any time."""
    forget_old_points()
    forget_old_ways()
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and find_next():
        pass


@shared_task(ignore_result=True)
def check_runs(**_: Any) -> None:
    """Judge the coming runs anew: what was promised, or else they depend on, may have changed.

    What customers have said yes to is noted.

    Safe at any time.
    """
    follow_promises()
    follow_answers()
    check_coming_runs()


@shared_task(ignore_result=True)
def make_days_ready(**_: Any) -> None:
    """Make the board's days before somebody asks for them. Safe at any time, and to miss."""
    ready_days.make_days_ready()


@shared_task(ignore_result=True)
def find_trucks(**_: Any) -> None:
    """Follow Odoo's fleet and the portal's drivers. Safe to run at any time."""
    follow_fleet()
