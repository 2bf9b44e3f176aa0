"""Take a job off its run."""

from django.db import transaction

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.models import Job, Stop
from scheduling.services.check_runs import check_runs
from scheduling.services.lock_job import lock_job
from scheduling.services.open_run import lock_runs
from scheduling.services.plan_job import Moved, note_move, promise_delivery, spot_of, step_aside
from scheduling.services.set_lock import refuse_locked_runs, refuse_locked_stop
from scheduling.services.withdraw_notice import withdraw_notice

LEAVING = (*Job.OPEN_STATES, Job.State.CANCELLED)


@transaction.atomic
def unplan_job(*, job_id: int, seen: int, by: User) -> Moved:
    """Put the job back among those to schedule, as ``take_off`` does.

    :param seen: ``Job.moves`` as the dispatcher's page showed it.
    :raises JobMoved: somebody else was faster.
    :raises JobClosed: the delivery is done.
    """
    moved = take_off(lock_job(job_id=job_id, seen=seen, states=LEAVING), by=by)
    check_runs(*moved.judge)
    return moved


def take_off(job: Job, *, by: User) -> Moved:
    """Take a locked job off its run; one that is on none stays as it is. The caller judges the run.

    One that was cancelled in Odoo just leaves the run, even one that is locked.

    :raises PlanLocked: somebody has locked the run, or its stop.
    """
    stop = Stop.objects.filter(job=job).select_related("run", "locked_by", "job__order").first()
    if stop is None:
        return Moved(job=job, run=None, came_from=None, changed=False)
    lock_runs(stop.run_id)
    stop.refresh_from_db(fields=["position"])  # others may have come before the lock
    was_cancelled = job.state == Job.State.CANCELLED
    if not was_cancelled:
        refuse_locked_runs(stop.run_id)
        refuse_locked_stop(stop)
    before, old = spot_of(stop), {"run": stop.run_id, "position": stop.position}
    step_aside(stop)
    stop.delete()
    note_move(job, Job.State(job.state) if was_cancelled else Job.State.TO_SCHEDULE, by=by)
    record(by=by, what="job taken off its run", target=job, old=old)
    if not was_cancelled:  # else Odoo has taken it off by itself
        promise_delivery(job, None, by=by)
    withdraw_notice(job, day=None, by=by)
    touch("board")
    return Moved(job, None, before, changed=True, judge=(stop.run_id,))
