"""A day's runs on the map as they are driven: what is done, and where the trucks are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from drivers.models import Drive, Position
from drivers.selectors.positions import last_positions, ways_of
from drivers.selectors.road import is_under_way, silent_since
from scheduling.models.point import Point
from scheduling.selectors.day_map import MapRun, Mark, map_runs
from scheduling.selectors.rates import yard

ONE_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class LiveRun:
    """A run with its stops, and the ``way`` that its truck took, as far as it is kept.

    ``at`` is where the truck was last, while it is under way.
    """

    planned: MapRun
    drive: Drive | None
    at: Position | None
    now: dt.datetime
    way: Sequence[Point] = ()

    @property
    def way_told(self) -> str:
        """The way as the map reads it: a point is two numbers."""
        return " ".join(f"{one.latitude:.5f},{one.longitude:.5f}" for one in self.way)

    @property
    def is_under_way(self) -> bool:
        """The driver has begun it, and not ended."""
        return is_under_way(self.drive)

    @property
    def is_over(self) -> bool:
        """The driver has ended it."""
        return self.drive is not None and self.drive.ended_at is not None

    @property
    def silent_since(self) -> dt.datetime | None:
        """Since when nothing was heard of it; ``None`` while it is, and when it is not driven."""
        return silent_since(self.drive, self.now)

    @property
    def minutes(self) -> int | None:
        """How old the position is; ``None``: there is none, or it is older than an hour."""
        age = self.now - self.at.at if self.at else ONE_HOUR
        return int(age.total_seconds() // 60) if age < ONE_HOUR else None

    @property
    def done(self) -> int:
        """At how many stops the driver was."""
        return sum(stop.is_done for stop in self.planned.stops)

    @property
    def next(self) -> Mark | None:
        """The first stop that is still to be driven to."""
        return next((stop for stop in self.planned.stops if not stop.is_done), None)


@dataclass(frozen=True)
class LiveMap:
    """A day: where deliveries begin, and its runs, those under way first."""

    day: dt.date
    yard: Point | None
    runs: list[LiveRun]

    @property
    def has_ways(self) -> bool:
        """There is a line to be explained."""
        return any(one.way for one in self.runs)


def live_map(*, day: dt.date) -> LiveMap:
    """Return the day; eight queries at most however many runs and stops there are."""
    start, now = yard(), timezone.now()
    planned = map_runs(day=day, start=start)
    drives = Drive.objects.in_bulk([one.run.pk for one in planned])
    driven = [pk for pk, drive in drives.items() if is_under_way(drive)]
    where = last_positions(driven) if driven else {}
    ways = ways_of(drives) if drives else {}
    runs = [
        LiveRun(
            *(one, drives.get(one.run.pk), where.get(one.run.pk), now),
            way=ways.get(one.run.pk, ()),
        )
        for one in planned
    ]
    return LiveMap(day, start, sorted(runs, key=lambda one: not one.is_under_way))
