"""Say when a truck's trip begins and ends."""

import datetime as dt

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import DriverBusy, TruckBusy
from scheduling.models import Job, Run
from scheduling.services.check_runs import check_runs
from scheduling.services.open_run import lock_runs, open_run, promise_run
from scheduling.services.plan_job import promise_delivery
from scheduling.services.set_lock import refuse_locked_runs


@begins_anew
def change_run_hours(
    *, truck_id: int, day: dt.date, trip: int, hours: tuple[dt.datetime, dt.datetime], by: User
) -> Run:
    """Let the trip be from then till then, and promise Odoo the same for it and its deliveries.

    :param hours: when it begins, and a later time when it ends.
    :raises TruckBusy: the truck is on another trip then.
    :raises DriverBusy: its driver is on another run then.
    :raises PlanLocked: somebody has locked the run.
    """
    jobs = Job.objects.filter(stop__run__truck=truck_id, stop__run__day=day)
    jobs = jobs.filter(picking__deleted_at=None)  # else it ends in a moment
    on_it = jobs.filter(stop__run__trip=trip, state=Job.State.SCHEDULED).order_by("pk")
    list(on_it.select_for_update(of=("self",)))  # whoever moves a job locks it before its run
    run, is_new = open_run(truck_id=truck_id, day=day, trip=trip, by=by)
    lock_runs(run.pk)
    refuse_locked_runs(run.pk)
    run.refresh_from_db(fields=["starts_at", "ends_at", "driver"])
    before = (run.starts_at, run.ends_at)
    if before == hours and not is_new:
        return run
    run.starts_at, run.ends_at = hours
    _save(run)
    old, new = ({"starts_at": a, "ends_at": b} for a, b in (before, hours))
    record(by=by, what="hours changed", target=run, old=old, new=new)
    promise_run(run, by=by)
    for job in on_it.select_related("order", "purchase", "picking"):
        promise_delivery(job, run, by=by)
    check_runs(run.pk)
    touch("board")
    return run


def _save(run: Run) -> None:
    try:
        with transaction.atomic():
            run.save(update_fields=["starts_at", "ends_at"])
    except IntegrityError as exc:
        if "driver_in_one_place" in str(exc):
            raise DriverBusy(
                f"{run.driver} drives another truck then. Choose other hours, or another driver."
            ) from exc
        raise TruckBusy(f"{run.truck} is on another trip then. Choose other hours.") from exc
