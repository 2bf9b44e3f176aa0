"""Let a truck go out once more on a day."""

import datetime as dt

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.setup.selectors.profile import business_zone
from scheduling.errors import TruckBusy
from scheduling.models import Run, Truck
from scheduling.selectors.free import usual_hours
from scheduling.services.check_runs import check_runs
from scheduling.services.open_run import lock_runs, open_run, promise_run
from scheduling.services.set_lock import refuse_locked_runs

SHORTEST = dt.timedelta(hours=1)
STEP = dt.timedelta(minutes=5)  # the times of trips are round


@begins_anew
def add_trip(*, truck_id: int, day: dt.date, by: User, behind: int | None = None) -> Run:
    """Add a trip behind the truck's last one of the day, with the same driver.

    ``behind`` is the number of the trip that was the last one on the page. Where one is behind it
    by now, that is the trip that was asked for: a button that is pressed twice adds one.

    It begins when the truck is loaded again, until the end of the day. Where the last one takes
    the whole day, the two share its time. Odoo learns of the trip with its first stop.

    :raises TruckBusy: no time is left, or the truck is not in use.
    :raises PlanLocked: the last trip would end earlier, and somebody has locked it.
    """
    truck = Truck.objects.select_for_update().get(pk=truck_id)
    first, is_new = open_run(truck_id=truck.pk, day=day, by=by)
    if not truck.is_active:
        raise TruckBusy(f"{truck} is not in use any more. Choose another truck.")
    last = Run.objects.filter(truck=truck, day=day).order_by("trip").last() or first
    lock_runs(last.pk)
    last.refresh_from_db()
    if is_new:
        promise_run(first, by=by)
    if behind is not None and last.trip > behind:
        return Run.objects.get(truck=truck, day=day, trip=behind + 1)
    reload = dt.timedelta(minutes=truck.reload_minutes)
    starts_at, ends_at = _time_behind(last, reload)
    if starts_at < last.ends_at:
        _shorten(last, until=starts_at - reload, by=by)
        check_runs(last.pk)
    run = _make(last, starts_at, ends_at)
    record(by=by, what="trip added", target=run, new={"truck": str(truck), "trip": run.trip})
    touch("board")
    return run


def _time_behind(last: Run, reload: dt.timedelta) -> tuple[dt.datetime, dt.datetime]:
    """Return when the next trip begins and ends."""
    end_of_day = dt.datetime.combine(last.day, usual_hours(last.day)[1], business_zone())
    ends_at = max(last.ends_at, end_of_day)
    behind = last.ends_at + reload
    if ends_at - behind >= SHORTEST:
        return behind, ends_at
    half = (last.ends_at - last.starts_at - reload) // 2 // STEP * STEP
    if half < SHORTEST:
        raise TruckBusy(
            f"{last.truck} has no time left on {last.day:%-d %b} for another trip. "
            "Change the hours of its last trip first."
        )
    return last.starts_at + half + reload, ends_at


def _shorten(run: Run, *, until: dt.datetime, by: User) -> None:
    refuse_locked_runs(run.pk)
    old, run.ends_at = run.ends_at, until
    run.save(update_fields=["ends_at"])
    record(
        by=by, what="hours changed", target=run, old={"ends_at": old}, new={"ends_at": run.ends_at}
    )


def _make(last: Run, starts_at: dt.datetime, ends_at: dt.datetime) -> Run:
    run = Run(
        truck=last.truck,
        day=last.day,
        trip=last.trip + 1,
        driver=last.driver,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:  # the driver is on another truck then
        run.driver = None
        return _without_driver(run)
    return run


def _without_driver(run: Run) -> Run:
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as exc:  # truck_in_one_place_at_a_time
        raise TruckBusy(f"{run.truck} is on a run of another day at that time.") from exc
    return run
