"""The days that are made before somebody asks for them: today's, and those asked for lately."""

import time

from django.conf import settings
from django.utils import timezone

from odoo_bridge.slots import Doing, slot
from portal.core.kept_parts import make_part, stale_parts
from portal.setup.selectors.profile import business_zone
from scheduling.views.made_day import KIND, TOPICS, AskedDay

PAUSE = 0.5  # seconds, in which what changes in a burst gathers
LONGEST = 60  # seconds: far less than a worker's limit


def make_days_ready() -> None:
    """Make anew what has changed, until nothing has; one process at a time.

    Whoever finds another at it has nothing to do: that one looks again after each round.
    """
    if not settings.PARTS_ARE_KEPT:
        return
    until = time.monotonic() + LONGEST
    with slot(Doing.DRAWING, of=1) as is_alone, timezone.override(business_zone()):
        while is_alone and make_stale_days() and time.monotonic() < until:
            time.sleep(PAUSE)


def make_stale_days() -> int:
    """Make anew what has changed since it was made; return how many days that were."""
    days = stale_days()
    for day in days:
        make_part(day.name, day.made)
    return len(days)


def stale_days() -> list[AskedDay]:
    """Return the days that somebody who opened them now would have to wait for; one query."""
    today = str(timezone.localdate(timezone=business_zone()))
    of_the_office = AskedDay(f"day={today}", today, may_plan=True)
    names = stale_parts(KIND, TOPICS, always=[of_the_office.name])
    return [day for day in map(AskedDay.named, names) if day.today == today]
