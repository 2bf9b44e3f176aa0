"""Say who drives a truck's run."""

import datetime as dt

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import DriverBusy
from scheduling.models import DriverProfile, Run
from scheduling.services.check_runs import check_runs
from scheduling.services.open_run import lock_runs, open_run, promise_run
from scheduling.services.set_lock import refuse_locked_runs


@begins_anew
def assign_driver(
    *, truck_id: int, day: dt.date, driver_id: int | None, by: User, trip: int = 1
) -> Run:
    """Give the truck's trip of the day to a driver, or to nobody, and promise Odoo the same.

    A run without a stop lets its driver go.

    :raises DriverBusy: the driver is on another run at that time, or not in use.
    :raises TruckBusy: the truck cannot have a run then.
    :raises PlanLocked: somebody has locked the run.
    """
    run, is_new = open_run(truck_id=truck_id, day=day, trip=trip, by=by)
    idle = _idle_runs_of(driver_id, day, besides=run)
    lock_runs(run.pk, *(other.pk for other in idle))
    idle = [other for other in idle if not other.stops.exists()]  # as they are by now
    refuse_locked_runs(run.pk, *(other.pk for other in idle))
    run.refresh_from_db(fields=["driver"])
    driver = DriverProfile.objects.get(pk=driver_id) if driver_id else None
    if driver is not None and not driver.is_active:
        raise DriverBusy(f"{driver} does not drive any more. Choose another driver.")
    for other in idle:
        _give(other, None, by=by)
    if run.driver_id != driver_id:
        _give(run, driver, by=by)
    elif is_new:
        promise_run(run, by=by)
    check_runs(run.pk, *(other.pk for other in idle))
    touch("board")
    return run


def _give(run: Run, driver: DriverProfile | None, *, by: User) -> None:
    before, run.driver = run.driver, driver
    try:
        with transaction.atomic():
            run.save(update_fields=["driver"])
    except IntegrityError as exc:  # driver_in_one_place_at_a_time
        other = Run.objects.filter(driver=driver, day=run.day).exclude(pk=run.pk).first()
        where = f"drives {other.truck} then" if other else "is on another run then"
        raise DriverBusy(f"{driver} {where}. Take the driver off that run first.") from exc
    names = {"old": {"driver": str(before or "")}, "new": {"driver": str(driver or "")}}
    record(by=by, what="driver assigned", target=run, **names)
    promise_run(run, by=by)


def _idle_runs_of(driver_id: int | None, day: dt.date, *, besides: Run) -> list[Run]:
    """Return the driver's runs with other trucks at that time on which nothing is to be done."""
    if driver_id is None:
        return []
    runs = Run.objects.filter(driver=driver_id, day=day, stops__isnull=True)
    then = {"starts_at__lt": besides.ends_at, "ends_at__gt": besides.starts_at}
    runs = runs.filter(**then).exclude(truck=besides.truck)
    return list(runs.select_related("truck__vehicle", "driver__user"))
