"""A truck's trip of a day, also one that nothing is planned for yet."""

import datetime as dt
from dataclasses import dataclass

from portal.setup.selectors.profile import business_zone
from scheduling.models import Run, Truck
from scheduling.selectors.free import Hours, usual_hours


@dataclass(frozen=True)
class Trip:
    """The trip with its hours by the clocks of the business; ``run`` is ``None`` until it opens."""

    truck: Truck
    day: dt.date
    number: int
    run: Run | None
    is_last: bool
    usual: Hours

    @property
    def starts_at(self) -> dt.time:
        """When it leaves."""
        return self._clock(self.run.starts_at) if self.run else self.usual[0]

    @property
    def ends_at(self) -> dt.time:
        """When it is back."""
        return self._clock(self.run.ends_at) if self.run else self.usual[1]

    @property
    def may_go(self) -> bool:
        """It was added, nothing is on it, and none is behind it."""
        run = self.run
        return bool(run and run.trip > 1 and self.is_last and not run.stops.exists())

    @staticmethod
    def _clock(moment: dt.datetime) -> dt.time:
        return moment.astimezone(business_zone()).time()


def trip_of(*, truck_id: int, day: dt.date, trip: int) -> Trip:
    """Return the trip; at most five queries."""
    truck = Truck.objects.select_related("vehicle").get(pk=truck_id)
    runs = {one.trip: one for one in truck.runs.filter(day=day).select_related("locked_by")}
    last, usual = max(runs, default=1), usual_hours(day)
    return Trip(truck, day, trip, run=runs.get(trip), is_last=trip >= last, usual=usual)
