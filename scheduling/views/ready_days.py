"""The days that are made before somebody asks for them: today's, and those asked for lately."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from odoo_bridge.slots import Doing, slot
from portal.core.jobs import ring
from portal.core.kept_parts import NO_REST, make_part, stale_parts
from portal.setup.selectors.profile import business_zone
from scheduling.views.made_day import KIND, TOPICS, AskedDay

MAKE_DAYS_READY = "scheduling.tasks.make_days_ready"
REST = dt.timedelta(seconds=0.5)  # in which what changes in a burst gathers


def make_days_ready() -> None:
    """Make anew what has changed; one process at a time.

    Whoever has made something, or finds another at it, has a worker look again after ``REST``. So
    whoever finds only what was made a moment ago has nothing to do.
    """
    if not settings.PARTS_ARE_KEPT:
        return
    with slot(Doing.DRAWING, of=1) as is_alone, timezone.override(business_zone()):
        is_done = is_alone and make_stale_days() == 0
    if not is_done:
        ring(MAKE_DAYS_READY, after=REST.total_seconds())


def make_stale_days() -> int:
    """Make anew what has changed since it was made; return how many days that were."""
    days = stale_days(rest=REST)
    for day in days:
        make_part(day.name, day.made)
    return len(days)


def stale_days(*, rest: dt.timedelta = NO_REST) -> list[AskedDay]:
    """Return the days that somebody who opened them now would have to wait for; one query.

    :param rest: what a worker made within this time is left out.
    """
    today = str(timezone.localdate(timezone=business_zone()))
    of_the_office = AskedDay(f"day={today}", today, may_plan=True)
    names = stale_parts(KIND, TOPICS, always=[of_the_office.name], rest=rest)
    return [day for day in map(AskedDay.named, names) if day.today == today]
