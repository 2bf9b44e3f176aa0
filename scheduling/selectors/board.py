"""A day as the dispatch board shows it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Prefetch, Q

from odoo_bridge.models import bookkeeping
from odoo_bridge.selectors.promises import open_promises
from scheduling.loading.along import most_on_bed
from scheduling.models import DriverProfile, Job, Run, Stop, Truck
from scheduling.selectors.collect import what_to_collect
from scheduling.selectors.jobs import (
    MIRRORS_OF_A_CARD,
    OF_A_CARD,
    JobCard,
    card_of,
    load_goods,
    stream_of,
)
from scheduling.selectors.parts import counted, number_of_part
from scheduling.selectors.pool import EVERYTHING, PAGE, Pool, PoolFilter, pool_jobs


@dataclass(frozen=True)
class StopCard:
    """A stop: its job's card, what the driver is to collect, and how it stands in Odoo."""

    stop: Stop
    number: int
    card: JobCard
    collect: Decimal
    odoo: str

    @property
    def phone(self) -> str:
        """Whom to call at the place, else the customer."""
        there, customer = self.card.job.picking.destination, self.card.job.customer
        return next((one.phone for one in (there, customer) if one and one.phone), "")

    @property
    def is_cancelled(self) -> bool:
        """Odoo does not want it any more."""
        return self.card.job.state == Job.State.CANCELLED


@dataclass(frozen=True)
class Lane:
    """A truck's day; ``run`` is ``None`` until something is planned. Loads in % of what it may."""

    truck: Truck
    run: Run | None
    stops: list[StopCard]
    odoo: str
    most: int = PAGE

    @property
    def shown(self) -> list[StopCard]:
        """The first of its stops, as many as are asked for."""
        return self.stops[: self.most]

    @property
    def is_cut(self) -> bool:
        """There are more than these."""
        return len(self.stops) > self.most

    @property
    def trip(self) -> int:
        """Which of the truck's trips of the day it is."""
        return self.run.trip if self.run else 1

    @property
    def key(self) -> str:
        """Its name on the page."""
        return f"{self.truck.pk}-{self.trip}"

    @property
    def weight(self) -> Decimal:
        """The most that is on the bed at once, in kg."""
        return most_on_bed((one.card.job.is_pickup, one.card.weight) for one in self._driven_to)

    @property
    def volume(self) -> Decimal:
        """The most that is on the bed at once, in m³."""
        return most_on_bed((one.card.job.is_pickup, one.card.volume) for one in self._driven_to)

    @property
    def _driven_to(self) -> list[StopCard]:
        return [stop for stop in self.stops if not stop.is_cancelled]

    @property
    def weight_percent(self) -> int | None:
        """The load by weight; ``None`` when nobody knows what the truck may carry."""
        return _percent(self.weight, self.truck.most_weight)

    @property
    def volume_percent(self) -> int | None:
        """The load by volume; ``None`` when nobody knows what the truck may carry."""
        return _percent(self.volume, self.truck.most_volume)


@dataclass(frozen=True)
class ShownTrouble:
    """Something wrong in words, why, with what, and where that is on the page."""

    words: str
    reason: str
    certain: bool
    about: str
    anchor: str


def troubles_in(lane: Lane, *, on: dt.date | None = None) -> list[ShownTrouble]:
    """Return what is wrong with a run and what is still to be done on it.

    :param on: the day, where a page shows several.
    """
    anchor = f"week-lane-{lane.key}-{on}" if on else f"lane-{lane.key}"
    about = f"{lane.truck}, {on:%a %-d %b}" if on else str(lane.truck)
    found = [(lane.run.problems, about, anchor)] if lane.run else []
    found += [
        (stop.stop.problems, f"{about}, {stop.card.order}", f"card-{stop.card.job.pk}")
        for stop in lane.stops
        if stop.stop.done_at is None
    ]
    return [
        ShownTrouble(**one, about=about, anchor=anchor)
        for problems, about, anchor in found
        for one in problems
    ]


@dataclass(frozen=True)
class Board:
    """A day: the jobs that are on nobody's day yet, and a lane for each truck."""

    day: dt.date
    pool: Pool
    lanes: list[Lane]
    drivers: list[DriverProfile]

    @property
    def troubles(self) -> list[ShownTrouble]:
        """What is wrong with the day's runs, lane by lane, the run before its stops."""
        return [trouble for lane in self.lanes if lane.run for trouble in troubles_in(lane)]


def board_of(*, day: dt.date, wanted: PoolFilter = EVERYTHING, most: int = PAGE) -> Board:
    """Return the day; as many queries however many trucks and jobs there are.

    :param most: how many cards of each column are shown.
    """
    runs = (
        Run.objects.filter(day=day)
        .select_related("driver__user", "locked_by")
        .order_by("starts_at", "pk")
    )
    trucks = list(
        Truck.objects.filter(Q(is_active=True) | Q(runs__day=day))
        .distinct()
        .select_related("vehicle")
        .prefetch_related(Prefetch("runs", runs, to_attr="of_the_day"))
        .order_by("vehicle__plate", "vehicle__name", "pk")
    )
    waiting, total = pool_jobs(wanted, most=most)
    stops = stops_of([run for truck in trucks for run in truck.of_the_day], beside=waiting)
    lanes = [
        replace(lane, most=most)
        for truck in trucks
        for lane in lanes_of(truck, truck.of_the_day, stops)
    ]
    drivers = DriverProfile.objects.filter(is_active=True).select_related("user")
    return Board(
        day=day,
        pool=Pool([card_of(job, **counted(job)) for job in waiting], total),
        lanes=lanes,
        drivers=list(drivers.order_by("user__name", "pk")),
    )


def stops_of(runs: Sequence[Run], *, beside: Sequence[Job] = ()) -> "Stops":
    """Return the stops of these runs with all that their cards say; three queries.

    :param beside: jobs whose goods are read with those of the stops.
    """
    stops = list(
        Stop.objects.filter(run__in=runs)
        .annotate(collect=what_to_collect(), **number_of_part("job__"))
        .select_related("run", "locked_by", *(f"job__{name}" for name in OF_A_CARD))
        .defer(*bookkeeping(*(f"job__{name}" for name in MIRRORS_OF_A_CARD)))
        .order_by("run", "position")
    )
    load_goods([*(stop.job for stop in stops), *beside])
    keys = {stream_of(stop.job) for stop in stops} | {f"run:{r.uuid}" for r in runs}
    amounts = {stop.pk: stop.collect for stop in stops}
    return Stops(stops=[*stops], amounts=amounts, promises=open_promises(keys))


@dataclass(frozen=True)
class Stops:
    """Stops of several runs, what they are to bring, and what Odoo has not done of them yet."""

    stops: list[Stop]
    amounts: dict[int, Decimal]
    promises: Mapping[str, str]

    def of(self, run: Run) -> list[StopCard]:
        """Return the cards of one run, in its order."""
        return [
            StopCard(
                stop=stop,
                number=stop.position + 1,
                card=card_of(stop.job, **counted(stop)),
                collect=self.amounts[stop.pk],
                odoo=self.promises.get(stream_of(stop.job), ""),
            )
            for stop in self.stops
            if stop.run_id == run.pk
        ]


def lanes_of(truck: Truck, runs: list[Run], stops: Stops) -> list[Lane]:
    """Return a lane for each run of the truck, or an empty one."""
    if not runs:
        return [Lane(truck=truck, run=None, stops=[], odoo="")]
    return [
        Lane(truck, run, stops.of(run), odoo=stops.promises.get(f"run:{run.uuid}", ""))
        for run in runs
    ]


def _percent(load: Decimal, most: Decimal) -> int | None:
    return round(100 * load / most) if most else None
