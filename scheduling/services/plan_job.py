"""Put a job on a truck's run."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from odoo_bridge.commands import PlanDelivery
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.models import Job, Run, Stop
from scheduling.services.lock_job import lock_job
from scheduling.services.open_run import lock_runs, open_run


@dataclass(frozen=True)
class Place:
    """Where a job shall go: a truck's run of a day, and before which of its stops (0: first).

    A position behind the last stop means the end.
    """

    truck_id: int
    day: dt.date
    position: int


@dataclass(frozen=True)
class Moved:
    """A job that was moved, and where it was before: ``None`` among those to schedule."""

    job: Job
    came_from: Place | None


@transaction.atomic
def plan_job(*, job_id: int, seen: int, place: Place, by: User) -> Moved:
    """Put the job there, and promise Odoo its date and its run.

    :param seen: ``Job.moves`` as the dispatcher's page showed it.
    :raises JobMoved: somebody else was faster.
    :raises JobClosed: the delivery is done, or was cancelled in Odoo.
    :raises TruckBusy: the truck is on another run at that time.
    """
    job = lock_job(job_id=job_id, seen=seen)
    run = open_run(truck_id=place.truck_id, day=place.day, by=by)
    before = Stop.objects.filter(job=job).select_related("run").first()
    lock_runs(run.pk, before.run_id if before else run.pk)
    if before is not None:
        before.refresh_from_db(fields=["position"])  # others may have come before the lock
        take_off(before)
    stop = put_on(run, job, place.position)
    job.state, job.moves = Job.State.SCHEDULED, job.moves + 1
    job.moved_at, job.moved_by = timezone.now(), by
    job.save(update_fields=["state", "moves", "moved_at", "moved_by"])
    record(
        by=by,
        what="job planned",
        target=job,
        old={"run": before and before.run_id, "position": before and before.position},
        new={"run": run.pk, "position": stop.position},
    )
    if before is None or before.run_id != run.pk:
        promise_delivery(job, run, by=by)
    touch("board")
    return Moved(job=job, came_from=place_of(before) if before else None)


def place_of(stop: Stop) -> Place:
    """Return where a stop is."""
    return Place(truck_id=stop.run.truck_id, day=stop.run.day, position=stop.position)


def take_off(stop: Stop) -> None:
    """Remove the stop and close the gap that it leaves."""
    stop.delete()
    later = Stop.objects.filter(run_id=stop.run_id, position__gt=stop.position)
    later.update(position=F("position") - 1)


def put_on(run: Run, job: Job, position: int) -> Stop:
    """Make a stop of the job, before the one that has this position now."""
    position = min(max(position, 0), run.stops.count())
    run.stops.filter(position__gte=position).update(position=F("position") + 1)
    return Stop.objects.create(run=run, job=job, position=position)


def promise_delivery(job: Job, run: Run | None, *, by: User) -> None:
    """Promise Odoo the job's run, or that it has none. Call it while the job is locked."""
    command = PlanDelivery(
        order_uuid=job.order.uuid,
        order_odoo_id=job.order.known_odoo_id,
        picking_odoo_id=job.picking.known_odoo_id,
        run_uuid=run.uuid if run else None,
        scheduled_at=run.starts_at if run else None,
    )
    enqueue(command, by=by)
