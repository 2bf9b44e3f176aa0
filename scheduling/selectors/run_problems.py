"""What is wrong with runs as they are planned, each with its reason."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from odoo_bridge.models import Move
from portal.setup.selectors.profile import business_zone
from scheduling.loading.along import problems_along
from scheduling.loading.load import Goods
from scheduling.loading.problems import Kind, Problem, fits_site
from scheduling.models import Job, Run, Stop
from scheduling.selectors.awaited import Awaited, awaited
from scheduling.selectors.free import Absence, absences, closed_days, in_service, shifts_of
from scheduling.selectors.jobs import ordered_goods
from scheduling.selectors.load_words import sentence_of
from scheduling.selectors.loads import beds_of, gate_of, goods_of, materials_of, size_of

NOTHING = Decimal(0)
SHORT = {
    Kind.OVERWEIGHT: "too heavy",
    Kind.OVERVOLUME: "too full",
    Kind.CLASH: "may not share a bed",
    Kind.NOT_APART: "may not share a bed",
    Kind.NO_COMPARTMENT: "does not fit",
    Kind.UNSURE: "does it fit?",
    Kind.TOO_WIDE: "truck too wide",
    Kind.TOO_HIGH: "truck too high",
    Kind.TOO_HEAVY: "truck too heavy",
}


@dataclass(frozen=True)
class Trouble:
    """Something wrong: in some words for a badge, and why; what is not ``certain`` may be fine."""

    words: str
    reason: str
    certain: bool = True


@dataclass
class Found:
    """What is wrong with a run, and with its stops by their keys."""

    run: list[Trouble] = field(default_factory=list)
    stops: dict[int, list[Trouble]] = field(default_factory=dict)

    def as_kept(self, stop: Stop | None = None) -> list[dict[str, Any]]:
        """Return the troubles of the run, or of a stop, as rows keep them."""
        found = self.run if stop is None else self.stops.get(stop.pk, [])
        return [asdict(one) for one in found]


def problems_of_runs(run_ids: Iterable[int]) -> dict[int, tuple[Run, Found]]:
    """Return these runs with what is wrong with them; as many queries however many there are."""
    runs = list(_runs(run_ids))
    stops = {run.pk: [stop for stop in run.stops.all() if _is_open(stop)] for run in runs}
    found = {run.pk: (run, Found()) for run in runs}
    _judge_loads(runs, stops, found)
    zone = business_zone()
    _judge_drivers(runs, stops, found, zone)
    _judge_promises(runs, stops, found, zone)
    return found


def _runs(run_ids: Iterable[int]) -> Iterable[Run]:
    stops = Stop.objects.select_related("job__order", "job__place", "job__picking")
    moves = Prefetch("job__picking__moves", Move.objects.select_related("product").order_by("pk"))
    ordered = stops.prefetch_related(moves).order_by("position")
    runs = Run.objects.filter(pk__in=list(run_ids)).select_related("truck__vehicle", "driver__user")
    return runs.prefetch_related(Prefetch("stops", ordered))


def _is_open(stop: Stop) -> bool:
    return stop.done_at is None and stop.job.state == Job.State.SCHEDULED


def _judge_loads(
    runs: Sequence[Run], stops: dict[int, list[Stop]], found: dict[int, tuple[Run, Found]]
) -> None:
    """Judge each load on its bed, and each truck with what it carries at each place."""
    driven = {run.pk: _along(run, stops[run.pk]) for run in runs}
    ordered = {stop.pk: ordered_goods(stop.job) for of in driven.values() for stop in of}
    products = {product.pk for goods in ordered.values() for product, _quantity in goods}
    beds, materials = beds_of({run.truck_id for run in runs}), materials_of(products)
    for run in runs:
        loads = {stop.pk: goods_of(ordered[stop.pk], materials) for stop in driven[run.pk]}
        about, name = found[run.pk][1], str(run.truck)
        along = [(stop.job.is_pickup, loads[stop.pk]) for stop in driven[run.pk]]
        about.run += [_said(one, name) for one in problems_along(along, beds[run.truck_id])]
        left = sum((_weight(goods) for is_pickup, goods in along if not is_pickup), NOTHING)
        for stop in driven[run.pk]:
            comes, brings = left, _weight(loads[stop.pk])
            left += brings if stop.job.is_pickup else -brings
            if stop.done_at is None and stop.job.place is not None:
                there = fits_site(size_of(run.truck), max(comes, left), gate_of(stop.job.place))
                about.stops.setdefault(stop.pk, []).extend(_said(one, name) for one in there)


def _along(run: Run, still: Sequence[Stop]) -> list[Stop]:
    """Return the stops that decide what is on the bed: those still to come, if there are any.

    Before them come those at which something was fetched: that stays on the bed to the end.
    """
    fetched = [stop for stop in run.stops.all() if stop.done_at and stop.job.is_pickup]
    return [*fetched, *still] if still else []


def _weight(goods: Iterable[Goods]) -> Decimal:
    return sum((one.weight for one in goods), NOTHING)


def _said(problem: Problem, truck: str) -> Trouble:
    return Trouble(SHORT[problem.kind], sentence_of(problem, truck=truck), problem.is_certain)


def _judge_drivers(
    runs: Sequence[Run],
    stops: dict[int, list[Stop]],
    found: dict[int, tuple[Run, Found]],
    zone: ZoneInfo,
) -> None:
    """Say whose driver or truck is away then, and which day the yard is closed on."""
    busy = [run for run in runs if stops[run.pk]]
    if not busy:
        return
    first, last = min(run.day for run in busy), max(run.day for run in busy)
    drivers = {run.driver_id for run in busy if run.driver_id is not None}
    closed, away = closed_days(first, last), absences(drivers, first, last)
    workshop = in_service({run.truck_id for run in busy}, first, last)
    shifts = {day: shifts_of(drivers, day) for day in sorted({run.day for run in busy})}
    for run in busy:
        about = found[run.pk][1].run
        if run.day in closed:
            reason = f"The yard is closed on {run.day:%-d %b}: {closed[run.day]}."
            about.append(Trouble("yard closed", reason))
        about += _in_workshop(run, workshop.get(run.truck_id, []))
        if run.driver is None:
            continue
        off = [a for a in away[run.driver_id or 0] if a.overlaps(run.starts_at, run.ends_at)]
        if off:
            about.append(Trouble("driver off", f"{run.driver} is away {_till(off[0], zone)}."))
        elif not _is_in_shift(run, shifts[run.day].get(run.driver_id or 0), zone):
            hours = f"from {_clock(run.starts_at, zone)} to {_clock(run.ends_at, zone)}"
            reason = f"{run.driver} has no shift {hours}."
            about.append(Trouble("driver off", reason))


def _in_workshop(run: Run, times: Iterable[tuple[dt.date, dt.date, str]]) -> list[Trouble]:
    now = [(last, words) for first, last, words in times if first <= run.day <= last]
    if not now:
        return []
    last, words = now[0]
    until = f"{run.truck} is in service until {last:%-d %b}"
    return [Trouble("truck in service", f"{until}: {words}." if words else f"{until}.")]


def _till(off: Absence, zone: ZoneInfo) -> str:
    """Say until when: by its last day where it ends at midnight."""
    ends = off.ends_at.astimezone(zone)
    if ends.time() == dt.time():
        return f"to the end of {ends - dt.timedelta(seconds=1):%-d %b}"
    return f"until {ends:%-d %b, %H:%M}"


def _is_in_shift(run: Run, hours: list[tuple[dt.time, dt.time]] | None, zone: ZoneInfo) -> bool:
    """Say whether the run begins in a shift and ends in one: ``usual_hours`` spans the breaks."""
    if hours is None:
        return True
    starts, ends = run.starts_at.astimezone(zone).time(), run.ends_at.astimezone(zone).time()
    begins = any(first <= starts < last for first, last in hours)
    return begins and any(first < ends <= last for first, last in hours)


def _judge_promises(
    runs: Sequence[Run],
    stops: dict[int, list[Stop]],
    found: dict[int, tuple[Run, Found]],
    zone: ZoneInfo,
) -> None:
    """Say what comes outside its window, later than promised, or before it is made."""
    orders = {stop.job.order_id for of in stops.values() for stop in of if stop.job.order_id}
    made = awaited(orders)
    for run in runs:
        for stop in stops[run.pk]:
            about = found[run.pk][1].stops.setdefault(stop.pk, [])
            about += _window(run, stop.job, zone)
            about += _told(run, stop.job)
            about += _not_made(run, made.get(stop.job.order_id or 0, []), zone)


def _window(run: Run, job: Job, zone: ZoneInfo) -> list[Trouble]:
    begins, over = job.window_from, job.window_until
    if begins is not None and over is not None:
        if run.starts_at < over and begins < run.ends_at:
            return []
        begins, over = begins.astimezone(zone), over.astimezone(zone)
        what = "is there to fetch" if job.is_pickup else "is taken"
        reason = f"It {what} on {begins:%-d %b} from {begins:%H:%M} to {over:%H:%M} only."
        return [Trouble("outside its window", reason)]
    promised = job.promised_at
    if promised is None or job.told_day is not None or run.day <= promised.astimezone(zone).date():
        return []
    reason = f"It was promised for {promised.astimezone(zone):%-d %b}."
    return [Trouble("later than promised", reason, certain=False)]


def _told(run: Run, job: Job) -> list[Trouble]:
    if job.told_day in {None, run.day}:
        return []
    reason = f"The customer was told {job.told_day:%A, %-d %b}. Send a text, or call."
    return [Trouble("told another day", reason, certain=False)]


def _not_made(run: Run, made: Iterable[Awaited], zone: ZoneInfo) -> list[Trouble]:
    late = [one for one in made if one.misses(run.starts_at)]
    return [Trouble("not made in time", _when_made(one, run, zone)) for one in late]


def _when_made(one: Awaited, run: Run, zone: ZoneInfo) -> str:
    leaves = f"the truck leaves at {_clock(run.starts_at, zone)}"
    if one.ends_at is None:
        return f"{one.production} has no end yet, and {leaves}."
    ends = one.ends_at.astimezone(zone)
    return f"{one.production} ends on {ends:%-d %b at %H:%M}, and {leaves}."


def _clock(moment: dt.datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"
