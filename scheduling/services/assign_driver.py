"""Say who drives a truck's run."""

import datetime as dt

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.errors import DriverBusy
from scheduling.models import DriverProfile, Run
from scheduling.services.open_run import lock_runs, open_run, promise_run


@transaction.atomic
def assign_driver(*, truck_id: int, day: dt.date, driver_id: int | None, by: User) -> Run:
    """Give the truck's run of the day to a driver, or to nobody, and promise Odoo the same.

    :raises DriverBusy: the driver is on another run at that time, or not in use.
    :raises TruckBusy: the truck cannot have a run then.
    """
    run = open_run(truck_id=truck_id, day=day, by=by)
    lock_runs(run.pk)
    driver = DriverProfile.objects.get(pk=driver_id) if driver_id else None
    if driver is not None and not driver.is_active:
        raise DriverBusy(f"{driver} does not drive any more. Choose another driver.")
    before, run.driver = run.driver, driver
    try:
        with transaction.atomic():
            run.save(update_fields=["driver"])
    except IntegrityError as exc:  # driver_in_one_place_at_a_time
        other = Run.objects.filter(driver=driver, day=day).exclude(pk=run.pk).first()
        where = f"drives {other.truck} then" if other else "is on another run then"
        raise DriverBusy(f"{driver} {where}. Take the driver off that run first.") from exc
    names = {"old": {"driver": str(before or "")}, "new": {"driver": str(driver or "")}}
    record(by=by, what="driver assigned", target=run, **names)
    promise_run(run, by=by)
    touch("board")
    return run
