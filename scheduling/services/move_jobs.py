"""Move several jobs in one go."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from portal.accounts.models import User
from portal.core.deadlocks import begins_anew
from scheduling.models import Job, Run, Stop
from scheduling.services.check_runs import check_runs
from scheduling.services.keep_step import keep_step
from scheduling.services.lock_job import Seen, lock_jobs
from scheduling.services.open_run import lock_runs
from scheduling.services.plan_job import Moved, Spot, put_job
from scheduling.services.unplan_job import LEAVING, take_off

MOST = 100  # jobs in one go
AT_THE_END = 10_000


@begins_anew
def move_jobs(*, jobs: Sequence[Seen], spot: Spot | None, by: User) -> list[Moved]:
    """Put the jobs there, one behind the other; without ``spot`` among those to schedule.

    The position counts the stops that stay where they are. All jobs move, or none; what moved can
    be taken back as one step.

    :raises UserFacingError: one of them cannot be moved, as ``plan_job`` and ``unplan_job`` say.
    """
    locked = lock_jobs(jobs, states=Job.OPEN_STATES if spot else LEAVING)
    lock_runs(*Run.objects.filter(_touched(jobs, spot)).values_list("pk", flat=True))
    anchor = _anchor(jobs, spot) if spot else None
    moved = []
    for job in locked:
        there = _before(anchor, job, spot) if spot else None
        moved.append(put_job(job, there, by=by) if there else take_off(job, by=by))
    keep_step(moved, by=by)
    check_runs(*(run for one in moved for run in one.judge))
    return moved


def _touched(jobs: Sequence[Seen], spot: Spot | None) -> Q:
    """Return which runs change: their stops are counted, so they are locked first."""
    touched = Q(stops__job__in=[seen.job_id for seen in jobs])
    if spot is not None:
        touched |= Q(truck=spot.truck_id, day=spot.day, trip=spot.trip)
    return touched


def _anchor(jobs: Sequence[Seen], spot: Spot) -> Stop | None:
    """Return the stop before which they come, of those that stay; ``None`` for the end."""
    run = {"run__truck": spot.truck_id, "run__day": spot.day, "run__trip": spot.trip}
    staying = Stop.objects.filter(**run).exclude(job__in=[seen.job_id for seen in jobs])
    return staying.order_by("position")[max(spot.position, 0) :].first()


def _before(anchor: Stop | None, job: Job, spot: Spot) -> Spot:
    """Return the spot before the anchor as it is now, not counting the job itself."""
    if anchor is None:
        return replace(spot, position=AT_THE_END)
    others = Stop.objects.filter(run=anchor.run_id).exclude(job=job)
    anchor.refresh_from_db(fields=["position"])
    return replace(spot, position=others.filter(position__lt=anchor.position).count())
