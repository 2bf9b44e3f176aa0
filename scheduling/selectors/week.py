"""A week as the dispatch board shows it: a row for each truck, a cell for each day."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from scheduling.models import Run, Truck
from scheduling.selectors.board import (
    Lane,
    ShownTrouble,
    Stops,
    lanes_of,
    stops_of,
    troubles_in,
)
from scheduling.selectors.free import closed_days
from scheduling.selectors.jobs import card_of
from scheduling.selectors.parts import counted
from scheduling.selectors.pool import EVERYTHING, PAGE, Pool, PoolFilter, pool_jobs

DAYS = 7


@dataclass(frozen=True)
class WeekDay:
    """A day; ``closed`` says why the yard is closed, empty when it is not."""

    day: dt.date
    closed: str


@dataclass(frozen=True)
class Cell:
    """A truck's day with a lane for each trip; one that is empty where nothing is planned."""

    day: dt.date
    lanes: list[Lane]


@dataclass(frozen=True)
class Row:
    """A truck with its days."""

    truck: Truck
    cells: list[Cell]


@dataclass(frozen=True)
class Week:
    """The jobs that are on nobody's day yet, beside Monday to Sunday."""

    days: list[WeekDay]
    pool: Pool
    rows: list[Row]

    @property
    def troubles(self) -> list[ShownTrouble]:
        """What is wrong with the week's runs, truck by truck."""
        cells = [cell for row in self.rows for cell in row.cells]
        return [
            trouble
            for cell in cells
            for lane in cell.lanes
            for trouble in troubles_in(lane, on=cell.day)
        ]


def monday_of(day: dt.date) -> dt.date:
    """Return the first day of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def week_of(*, day: dt.date, wanted: PoolFilter = EVERYTHING, most: int = PAGE) -> Week:
    """Return the week of the day; as many queries however many trucks and jobs there are."""
    monday = monday_of(day)
    days = [monday + dt.timedelta(days=n) for n in range(DAYS)]
    runs = Run.objects.filter(day__range=(days[0], days[-1]))
    runs = runs.select_related("driver__user", "locked_by").order_by("starts_at", "pk")
    trucks = list(
        Truck.objects.filter(Q(is_active=True) | Q(runs__day__range=(days[0], days[-1])))
        .distinct()
        .select_related("vehicle")
        .prefetch_related(Prefetch("runs", runs, to_attr="of_the_week"))
        .order_by("vehicle__plate", "vehicle__name", "pk")
    )
    waiting, total = pool_jobs(wanted, most=most)
    stops = stops_of([run for truck in trucks for run in truck.of_the_week], beside=waiting)
    closed = closed_days(days[0], days[-1])
    return Week(
        days=[WeekDay(one, closed.get(one, "")) for one in days],
        pool=Pool([card_of(job, **counted(job)) for job in waiting], total),
        rows=[Row(truck, _cells(truck, truck.of_the_week, days, stops)) for truck in trucks],
    )


def _cells(truck: Truck, runs: list[Run], days: list[dt.date], stops: Stops) -> list[Cell]:
    of_a_day = defaultdict(list)
    for run in runs:
        of_a_day[run.day].append(run)
    return [Cell(day, lanes_of(truck, of_a_day[day], stops)) for day in days]
