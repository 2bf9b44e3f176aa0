"""A day's runs as the map shows them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from scheduling.geo.straight import METRES_A_MILE, straight_metres
from scheduling.models import Job, Place, Run, Stop
from scheduling.models.point import Point
from scheduling.selectors.rates import yard

COLOURS = 8  # as many as static/src/day_map.css has
LINES = 3  # unbroken, dashed, dotted: so that no two of 24 runs look alike
MOST_WAITING = 500
TENTH = Decimal("0.1")
WHERE = (
    "place",
    *Job.OF_A_NAME,
    "picking__destination__state",
)


@dataclass(frozen=True)
class Mark:
    """A job where it is to be done; ``number`` as the board counts, 0: on no run yet."""

    job: Job
    number: int = 0
    is_done: bool = False

    @property
    def customer(self) -> str:
        """Who gets it, or has it; empty when nobody knows."""
        return self.job.customer.shown_name if self.job.customer else ""

    @property
    def address(self) -> str:
        """Where to, in one line; empty when nobody knows."""
        there = self.job.picking.destination
        return there.address if there else ""

    @property
    def point(self) -> Point | None:
        """Where that is; ``None`` as long as it is not known."""
        return self.job.place.point if self.job.place else None

    @property
    def needs_pin(self) -> bool:
        """No service knows the address: a person must say where it is."""
        return self.job.place is not None and self.job.place.state == Place.State.NOT_FOUND


@dataclass(frozen=True)
class MapRun:
    """A run with the stops that are driven to. ``look``: which of the day's runs it is, from 0."""

    run: Run
    stops: list[Mark]
    look: int
    yard: Point | None

    @property
    def colour(self) -> int:
        """Which of the colours it has, from 1."""
        return self.look % COLOURS + 1

    @property
    def line(self) -> int:
        """Which kind of line it has, from 1: what tells it from others of its colour."""
        return self.look // COLOURS % LINES + 1

    @property
    def miles(self) -> Decimal | None:
        """The straight way from the yard by its stops and back; ``None``: the yard is unknown.

        A stop without a point is left out: then it is at least so far.
        """
        if self.yard is None:
            return None
        stops = [stop.point for stop in self.stops if stop.point]
        way = [self.yard, *stops, self.yard]
        metres = sum(straight_metres(one, next_) for one, next_ in pairwise(way))
        return (Decimal(metres) / Decimal(METRES_A_MILE)).quantize(TENTH)

    @property
    def lost(self) -> list[Mark]:
        """Those stops of which nobody knows where they are."""
        return [stop for stop in self.stops if stop.point is None]


@dataclass(frozen=True)
class DayMap:
    """A day: where deliveries begin, its runs that stop somewhere, and what is to be scheduled.

    ``waiting`` are at most ``MOST_WAITING`` jobs whose place is known, the oldest order first.
    """

    yard: Point | None
    runs: list[MapRun]
    waiting: list[Mark]

    @property
    def lost(self) -> list[tuple[MapRun, Mark]]:
        """The stops that no map can show, with their runs."""
        return [(run, stop) for run in self.runs for stop in run.lost]

    @property
    def is_cut(self) -> bool:
        """There may be more to schedule than is shown."""
        return len(self.waiting) == MOST_WAITING


def day_map(*, day: dt.date) -> DayMap:
    """Return the day; four queries however many runs, stops and jobs there are."""
    start = yard()
    return DayMap(
        yard=start,
        runs=map_runs(day=day, start=start),
        waiting=[Mark(job) for job in _waiting()],
    )


def map_runs(*, day: dt.date, start: Point | None) -> list[MapRun]:
    """Return the day's runs that stop somewhere, from the yard at ``start``; two queries."""
    runs = [
        MapRun(run, _marks(list(run.stops.all())), look, start)
        for look, run in enumerate(_runs_on(day))
    ]
    return [run for run in runs if run.stops]


def _runs_on(day: dt.date) -> QuerySet[Run]:
    """Return the day's runs in the order of the board's lanes, each with its stops."""
    stops = Stop.objects.select_related(*(f"job__{name}" for name in WHERE)).order_by("position")
    return (
        Run.objects.filter(day=day)
        .select_related("truck__vehicle", "driver__user")
        .prefetch_related(Prefetch("stops", stops))
        .order_by("truck__vehicle__plate", "truck__vehicle__name", "truck", "starts_at", "pk")
    )


def _marks(stops: list[Stop]) -> list[Mark]:
    """Return the stops that are driven to: what Odoo has cancelled is not."""
    return [
        Mark(stop.job, number=stop.position + 1, is_done=stop.done_at is not None)
        for stop in stops
        if stop.job.state != Job.State.CANCELLED
    ]


def _waiting() -> QuerySet[Job]:
    jobs = Job.objects.filter(state=Job.State.TO_SCHEDULE, place__state=Place.State.FOUND)
    return jobs.select_related(*WHERE).order_by("order__ordered_at", "pk")[:MOST_WAITING]
