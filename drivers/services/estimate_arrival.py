"""When a truck on its way to a stop will be there: simple, and asking nobody."""

import datetime as dt
from math import ceil

from django.utils import timezone

from drivers.selectors.tracking import Tracked
from scheduling.geo.straight import METRES_A_MILE
from scheduling.models import DeliveryRates, Stop
from scheduling.models.point import Point
from scheduling.selectors.rates import first_rates, yard
from scheduling.services.measure_ways import measure_ways

MILES_AN_HOUR = 30
STEP = dt.timedelta(minutes=5)
FRESH = dt.timedelta(minutes=10)  # so old a position still says when it is there


def estimate_arrival(stop: Stop, *, since: dt.datetime) -> dt.datetime | None:
    """Return when a truck that left ``since`` will be there, rounded up to five minutes.

    It comes from the stop that was done last on its run, else from the yard. ``None``: one of the
    two is no point yet, or it should be there already.
    """
    place = stop.job.place
    return _there_at(_left(stop), place.point if place else None, since=since)


def estimate_now(shown: Tracked) -> dt.datetime | None:
    """Return when the truck that is followed will be there, by where it was just now.

    Else when it was said that it will be: where the phone has not told for some minutes, or the
    place is no point yet.
    """
    truck, place = shown.truck, shown.job.place
    if truck is None or place is None or timezone.now() - truck.at > FRESH:
        return shown.expected_at
    return _there_at(truck.point, place.point, since=truck.at) or shown.expected_at


def _there_at(here: Point | None, there: Point | None, *, since: dt.datetime) -> dt.datetime | None:
    if here is None or there is None:
        return None
    rates = DeliveryRates.objects.first() or first_rates()
    [way] = measure_ways(here, [there], factor=rates.road_factor, ask_services=False)
    hours = way.metres / METRES_A_MILE / MILES_AN_HOUR
    at = _rounded_up(since + dt.timedelta(hours=hours))
    return at if at > timezone.now() else None


def _left(stop: Stop) -> Point | None:
    done = Stop.objects.filter(run=stop.run_id, done_at__isnull=False).exclude(pk=stop.pk)
    last = done.select_related("job__place").order_by("-done_at").first()
    if last is None:
        return yard()
    return last.job.place.point if last.job.place else None


def _rounded_up(at: dt.datetime) -> dt.datetime:
    step = STEP.total_seconds()
    return dt.datetime.fromtimestamp(ceil(at.timestamp() / step) * step, dt.UTC)
