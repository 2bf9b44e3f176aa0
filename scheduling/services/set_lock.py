"""Lock what is planned, so that nobody moves it by mistake."""

import datetime as dt

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import JobClosed, PlanLocked
from scheduling.models import Job, Run, Stop
from scheduling.services.open_run import lock_runs, open_run, promise_run


@begins_anew
def set_run_lock(*, truck_id: int, day: dt.date, trip: int, locked: bool, by: User) -> Run:
    """Lock the trip, or free it: no stop comes or goes, and truck, driver and hours stay.

    :raises TruckBusy: there is no such trip, and it cannot be opened.
    """
    run, is_new = open_run(truck_id=truck_id, day=day, trip=trip, by=by)
    lock_runs(run.pk)
    run.refresh_from_db(fields=["locked_by"])
    if is_new:
        promise_run(run, by=by)
    if (run.locked_by_id is not None) == locked:
        return run
    run.locked_by = by if locked else None
    run.save(update_fields=["locked_by"])
    record(by=by, what="run locked" if locked else "run freed", target=run)
    touch("board")
    return run


@begins_anew
def set_stop_lock(*, job_id: int, locked: bool, by: User) -> Stop:
    """Lock the job's stop on its run, or free it: others may come before it, it stays there.

    :raises JobClosed: the job is on no run, or is over.
    """
    jobs = Job.objects.select_related("order", "purchase", "picking")
    job = jobs.select_for_update(of=("self",)).get(pk=job_id)
    stop = Stop.objects.select_related("run").filter(job=job).first()
    if stop is None or job.state != Job.State.SCHEDULED:
        raise JobClosed(f"{job.name} is on no run, or it is over: there is nothing to lock.")
    if (stop.locked_by_id is not None) != locked:
        stop.locked_by = by if locked else None
        stop.save(update_fields=["locked_by"])
        record(by=by, what="stop locked" if locked else "stop freed", target=job)
        touch("board")
    return stop


def refuse_locked_runs(*run_ids: int) -> None:
    """Refuse what would change one of these runs. Call it while they are locked by the transaction.

    :raises PlanLocked: with who has locked it.
    """
    runs = Run.objects.filter(pk__in=run_ids, locked_by__isnull=False)
    run = runs.select_related("truck__vehicle", "locked_by").first()
    if run is not None:
        raise PlanLocked(
            f"{run.locked_by} has locked {run.truck} on {run.day:%-d %b}. "
            "Free the run first, or choose another one."
        )


def refuse_locked_stop(stop: Stop | None) -> None:
    """Refuse to take the stop elsewhere.

    :raises PlanLocked: with who has locked it.
    """
    if stop is not None and stop.locked_by is not None:
        raise PlanLocked(
            f"{stop.locked_by} has locked {stop.job.name} on its run. Free the stop first."
        )
