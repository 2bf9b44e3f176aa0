"""Deliveries and pickups as the calendar shows them: on the day of their run."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from scheduling.models import Job, Stop
from scheduling.selectors.calendar_entry import (
    ONE_DAY,
    Days,
    Entry,
    Found,
    Kind,
    Notice,
    Row,
    midnight,
)

MOST = 1000
STOPS = Stop.objects.select_related(
    "run__truck__vehicle",
    "run__driver__user",
    "run__locked_by",
    "locked_by",
    *(f"job__{name}" for name in Job.OF_A_NAME),
    "job__picking__destination__state",
).order_by("run__day", "run__starts_at", "run", "position")


def deliveries_within(days: Days, *, most: int = MOST) -> Found:
    """Return what is on the runs of these days, run by run; one query."""
    stops = list(STOPS.filter(run__day__range=(days.first, days.last))[: most + 1])
    return Found([_entry(stop) for stop in stops[:most]], is_cut=len(stops) > most)


def one_delivery(job_id: int) -> Entry | None:
    """Return a delivery that is on a run; one query."""
    stop = STOPS.filter(job=job_id).first()
    return _entry(stop) if stop else None


def kind_of(job: Job) -> Kind:
    """Return which kind of work a job is."""
    return Kind.PICKUP if job.is_pickup else Kind.DELIVERY


def _entry(stop: Stop) -> Entry:
    run, job = stop.run, stop.job
    customer, there = job.customer, job.picking.destination
    trip = f", trip {run.trip}" if run.trip > 1 else ""
    words = [
        f"{run.truck}{trip}",
        str(run.driver or "nobody drives yet"),
        _window(job),
        there.address if there else "",
    ]
    return Entry(
        kind=kind_of(job),
        key=str(job.pk),
        title=" ".join(one for one in (job.name, customer and customer.shown_name) if one),
        line=" · ".join(word for word in words if word),
        starts_at=midnight(run.day),
        ends_at=midnight(run.day + ONE_DAY),
        is_of_day=True,
        rows=(Row(f"truck-{run.truck_id}", str(run.truck)),),
        address=f"{reverse('scheduling:board')}?day={run.day}#card-{job.pk}",
        seen={"job": f"{job.pk}:{job.moves}", "truck": str(run.truck_id)},
        fixed=_fixed(stop),
        notices=tuple(_notices(stop)),
    )


def _window(job: Job) -> str:
    """Return when it is taken, empty when that is not said."""
    if job.window_from is None or job.window_until is None:
        return ""
    starts, ends = (timezone.localtime(at) for at in (job.window_from, job.window_until))
    return f"taken from {starts:%H:%M} to {ends:%H:%M}"


def _fixed(stop: Stop) -> str:
    if stop.done_at is not None:
        return "It is picked up." if stop.job.is_pickup else "It is delivered."
    if not stop.job.is_open:
        return "It is cancelled in Odoo."
    locker = stop.locked_by or stop.run.locked_by
    return f"{locker} has locked it." if locker else ""


def _notices(stop: Stop) -> Iterable[Notice]:
    if stop.done_at is not None:
        yield Notice("picked up" if stop.job.is_pickup else "delivered", level="fine")
        return
    if stop.job.state == Job.State.CANCELLED:
        yield Notice("cancelled in Odoo", level="bad")
    for one in stop.problems:
        yield Notice(one["words"], one["reason"], "bad" if one["certain"] else "warn")
    if locker := stop.locked_by or stop.run.locked_by:
        yield Notice("locked", f"{locker} has locked it.")
