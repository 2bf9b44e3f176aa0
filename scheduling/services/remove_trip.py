"""Take back a trip that was added."""

import datetime as dt

from odoo_bridge.selectors.promises import was_promised
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import TripStays
from scheduling.models import Run
from scheduling.services.open_run import lock_runs
from scheduling.services.set_lock import refuse_locked_runs


@begins_anew
def remove_trip(*, truck_id: int, day: dt.date, trip: int, by: User) -> None:
    """Remove the truck's last trip of the day; one that is gone already stays gone.

    :raises TripStays: something is on it, another one is behind it, or Odoo knows it.
    :raises PlanLocked: somebody has locked it.
    """
    runs = Run.objects.select_related("truck__vehicle").filter(truck=truck_id, day=day)
    run = runs.filter(trip=trip).first()
    if run is None:
        return
    lock_runs(run.pk)
    refuse_locked_runs(run.pk)
    name = f"Trip {trip} of {run.truck}"
    if run.stops.exists():
        raise TripStays(f"{name} has stops. Move them elsewhere first.")
    if runs.filter(trip__gt=trip).exists():
        raise TripStays(f"{name} is followed by another one. Remove that first.")
    if was_promised(f"run:{run.uuid}"):
        raise TripStays(f"{name} is in Odoo by now: it stays, with nothing on it.")
    record(by=by, what="trip removed", target=run, old={"truck": str(run.truck), "trip": trip})
    run.delete()
    touch("board")
