"""Put a job on a truck's run."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from odoo_bridge.commands import PlanDelivery, PlanPickup
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.models import Job, Run, Stop
from scheduling.services.check_runs import check_runs
from scheduling.services.lock_job import lock_job
from scheduling.services.open_run import lock_runs, open_run, promise_run
from scheduling.services.set_lock import refuse_locked_runs, refuse_locked_stop
from scheduling.services.withdraw_notice import withdraw_notice

BEHIND_ALL = 32_767  # where a stop waits while others move up: the last that a position can be


@dataclass(frozen=True)
class Spot:
    """Where a job shall go: a truck's trip of a day, and before which of its stops (0: first).

    A position behind the last stop means the end.
    """

    truck_id: int
    day: dt.date
    position: int
    trip: int = 1


@dataclass(frozen=True)
class Moved:
    """A job after a move: ``run`` is where it is now, ``came_from`` where it was before.

    ``None`` stands for those to schedule. Nothing has ``changed`` when it was there already.
    ``went_to`` is its spot, and ``judge`` the runs that are to be judged anew.
    """

    job: Job
    run: Run | None
    came_from: Spot | None
    changed: bool
    went_to: Spot | None = None
    judge: tuple[int, ...] = ()


@transaction.atomic
def plan_job(*, job_id: int, seen: int, spot: Spot, by: User) -> Moved:
    """Put the job there, as ``put_job`` does.

    :param seen: ``Job.moves`` as the dispatcher's page showed it.
    :raises JobMoved: somebody else was faster.
    :raises JobClosed: the delivery is done, or was cancelled in Odoo.
    """
    moved = put_job(lock_job(job_id=job_id, seen=seen), spot, by=by)
    check_runs(*moved.judge)
    return moved


def put_job(job: Job, spot: Spot, *, by: User) -> Moved:
    """Put a locked job there, and promise Odoo its date and its run; the caller judges the runs.

    Its stop stays the same one wherever it goes: the driver may have it open on the phone.

    :raises TruckBusy: the truck is on another run at that time.
    :raises PlanLocked: somebody has locked the run, the one that it is on, or its stop.
    """
    run, is_new = open_run(truck_id=spot.truck_id, day=spot.day, trip=spot.trip, by=by)
    stop = Stop.objects.filter(job=job).select_related("run", "locked_by", "job__order").first()
    runs = (run.pk, stop.run_id if stop else run.pk)
    lock_runs(*runs)
    refuse_locked_runs(*runs)
    refuse_locked_stop(stop)
    if stop is not None:
        stop.refresh_from_db(fields=["position"])  # others may have come before the lock
    before = spot_of(stop) if stop else None
    old = {"run": stop and stop.run_id, "position": stop and stop.position}
    stop = put_on(run, job, stop, spot.position)
    if old == {"run": run.pk, "position": stop.position}:
        return Moved(job=job, run=run, came_from=before, changed=False)
    note_move(job, Job.State.SCHEDULED, by=by)
    new = {"run": run.pk, "position": stop.position}
    record(by=by, what="job planned", target=job, old=old, new=new)
    if is_new or (run.trip > 1 and run.stops.count() == 1):
        promise_run(run, by=by)
    if old["run"] != run.pk:
        promise_delivery(job, run, by=by)
    withdraw_notice(job, day=run.day, by=by)
    touch("board")
    return Moved(job, run, before, changed=True, went_to=spot_of(stop), judge=runs)


def put_on(run: Run, job: Job, stop: Stop | None, position: int) -> Stop:
    """Let the job's stop be on the run, before the one that has this position then."""
    if stop is None:
        stop = Stop.objects.create(run=run, job=job, position=BEHIND_ALL)
    else:
        step_aside(stop)
    others = run.stops.exclude(pk=stop.pk)
    position = min(max(position, 0), others.count())
    others.filter(position__gte=position).update(position=F("position") + 1)
    stop.run, stop.position = run, position
    stop.save(update_fields=["run", "position"])
    return stop


def step_aside(stop: Stop) -> None:
    """Take the stop out of its order, and close the gap that it leaves."""
    place, stop.position = stop.position, BEHIND_ALL
    stop.save(update_fields=["position"])
    later = Stop.objects.filter(run_id=stop.run_id, position__gt=place).exclude(pk=stop.pk)
    later.update(position=F("position") - 1)


def note_move(job: Job, state: Job.State, *, by: User) -> None:
    """Note who has moved the job, and when: pages that show it elsewhere are old now."""
    job.state, job.moves = state, job.moves + 1
    job.moved_at, job.moved_by = timezone.now(), by
    job.save(update_fields=["state", "moves", "moved_at", "moved_by"])


def spot_of(stop: Stop) -> Spot:
    """Return where a stop is."""
    run = stop.run
    return Spot(truck_id=run.truck_id, day=run.day, position=stop.position, trip=run.trip)


def promise_delivery(job: Job, run: Run | None, *, by: User) -> None:
    """Promise Odoo the job's run, or that it has none. Call it while the job is locked.

    A pickup is only told its time: it is in no batch, and one that is on no run keeps its date.
    """
    if job.order is None:
        if run is not None:
            enqueue(PlanPickup(**fetched(job), scheduled_at=run.starts_at), by=by)
        return
    command = PlanDelivery(
        order_uuid=job.order.uuid,
        order_odoo_id=job.order.known_odoo_id,
        **job.picking.in_commands,
        run_uuid=run.uuid if run else None,
        scheduled_at=run.starts_at if run else None,
    )
    enqueue(command, by=by)


def fetched(job: Job) -> dict[str, Any]:
    """Return how a command names what a pickup fetches."""
    purchase, picking = job.purchase, job.picking
    return {
        "picking_uuid": picking.uuid,
        "picking_odoo_id": picking.known_odoo_id,
        "purchase_uuid": purchase.uuid if purchase else None,
    }
