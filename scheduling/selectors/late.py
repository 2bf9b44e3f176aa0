"""Deliveries and pickups of earlier days that were not made."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from scheduling.models import Job, Stop


@dataclass(frozen=True)
class LateDay:
    """A day that is over, with its stops that were not made."""

    day: dt.date
    stops: list[Stop]


def late_days(*, today: dt.date) -> list[LateDay]:
    """Return the earlier days on which something was not delivered, the oldest first; one query."""
    stops = groupby(late_stops(today=today), key=lambda stop: stop.run.day)
    return [LateDay(day=day, stops=list(of_the_day)) for day, of_the_day in stops]


def late_stops(*, today: dt.date) -> list[Stop]:
    """Return the stops of earlier days that nobody has made, the oldest first; one query."""
    return list(
        Stop.objects.filter(done_at=None, run__day__lt=today, job__state=Job.State.SCHEDULED)
        .select_related(*(f"job__{name}" for name in Job.OF_A_NAME), "run__truck__vehicle")
        .order_by("run__day", "run__truck__vehicle__plate", "run", "position")
    )
