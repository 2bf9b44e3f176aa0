"""Open a truck's run of a day."""

import datetime as dt

from django.db import IntegrityError, transaction

from odoo_bridge.commands import PlanRun
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.setup.selectors.profile import business_zone
from scheduling.errors import TruckBusy
from scheduling.models import DriverProfile, Run, Truck
from scheduling.selectors.free import usual_hours


def open_run(*, truck_id: int, day: dt.date, by: User, trip: int = 1) -> tuple[Run, bool]:
    """Return the truck's run of the day, and whether it was opened just now: the first trip alone
    opens by itself.

    The truck's usual driver drives it, unless on another run. Call it in a transaction, then lock
    the run, then promise Odoo a run that is new: everybody takes these locks in this order.

    :raises TruckBusy: the truck is not in use, on a run of another day at that time, or has no such
        trip.
    """
    truck = Truck.objects.select_related("vehicle").filter(pk=truck_id).first()
    if truck is None:
        raise TruckBusy("This truck is not there any more. Choose another truck.")
    if run := existing_run(truck, day, trip):
        return run, False
    if trip > 1:
        raise TruckBusy(f"{truck} has no trip {trip} on {day:%-d %b}. Add it first.")
    if not truck.is_active:
        raise TruckBusy(f"{truck} is not in use any more. Choose another truck.")
    try:
        run = _make(truck, day, _usual_driver(truck))
    except IntegrityError:
        # Another dispatcher opened it, or the driver is busy: without a driver it still can be.
        if run := existing_run(truck, day):
            return run, False
        run = _without_driver(truck, day)
    record(by=by, what="run opened", target=run, new={"truck": str(truck), "day": day})
    return run, True


def lock_runs(*run_ids: int) -> None:
    """Lock these runs until the transaction ends; everybody locks them in the same order.

    :raises TruckBusy: somebody has removed one of them just now.
    """
    runs = Run.objects.select_for_update().filter(pk__in=run_ids).order_by("pk")
    if len(runs) < len(set(run_ids)):
        raise TruckBusy("Somebody has removed this trip just now. Choose another one.")


def existing_run(truck: Truck, day: dt.date, trip: int = 1) -> Run | None:
    """Return a trip of the truck's day, if there is one."""
    runs = Run.objects.select_related("truck__vehicle", "driver__employee", "driver__user")
    return runs.filter(truck=truck, day=day, trip=trip).first()


def promise_run(run: Run, *, by: User) -> None:
    """Promise Odoo the run as it is now. Call it while the run is locked.

    Odoo learns of a later trip with its first stop: one that was added by mistake can go again.
    """
    if run.trip > 1 and not run.stops.exists():
        return
    driver = run.driver
    contact = driver.employee.contact_odoo_id if driver and driver.employee else None
    trip = f"trip {run.trip}" if run.trip > 1 else ""
    words = [str(run.truck), str(driver) if driver else "", f"{run.day:%d %b}", trip]
    command = PlanRun(
        run_uuid=run.uuid,
        title=" · ".join(word for word in words if word),
        starts_at=run.starts_at,
        vehicle_odoo_id=run.truck.vehicle.known_odoo_id,
        driver_odoo_id=contact,
    )
    enqueue(command, by=by)


@transaction.atomic
def _make(truck: Truck, day: dt.date, driver: DriverProfile | None) -> Run:
    zone = business_zone()
    hours = usual_hours(day, driver)
    starts_at, ends_at = (dt.datetime.combine(day, time, zone) for time in hours)
    return Run.objects.create(
        truck=truck, day=day, driver=driver, starts_at=starts_at, ends_at=ends_at
    )


def _without_driver(truck: Truck, day: dt.date) -> Run:
    try:
        return _make(truck, day, None)
    except IntegrityError as exc:  # truck_in_one_place_at_a_time
        raise TruckBusy(f"{truck} is on another run at that time. Choose another truck.") from exc


def _usual_driver(truck: Truck) -> DriverProfile | None:
    contact = truck.vehicle.driver_odoo_id
    if contact is None:
        return None
    drivers = DriverProfile.objects.select_related("employee", "user")
    return drivers.filter(is_active=True, employee__contact_odoo_id=contact).first()
