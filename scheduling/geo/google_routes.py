"""Ways by road from Google's Routes API, where a key is given.

Source: https://developers.google.com/maps/documentation/routes/compute_route_matrix, read
2026-11-21: elements come in any order, a duration is "165s", and a way that does not exist has the
condition ROUTE_NOT_FOUND. Its content may be kept for 30 days.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from scheduling.errors import NoAnswer
from scheduling.geo.asking import WHILE_SOMEBODY_WAITS, ask
from scheduling.geo.way import Way
from scheduling.models.point import Point

MOST = 100  # points in one question: 625 elements are allowed
KEPT_FOR = dt.timedelta(days=30)
FIELDS = "destinationIndex,status,condition,distanceMeters,duration"


def ways(origin: Point, points: Sequence[Point]) -> list[Way | None]:
    """Return the way to each of at most ``MOST`` points, ``None`` where no road leads.

    :raises NoAnswer: Google does not say: no key, no money, too many questions.
    """
    told = ask(
        f"{settings.GOOGLE_ROUTES_URL}/distanceMatrix/v2:computeRouteMatrix",
        headers={"X-Goog-Api-Key": settings.GOOGLE_MAPS_API_KEY, "X-Goog-FieldMask": FIELDS},
        post={
            "origins": [_waypoint(origin)],
            "destinations": [_waypoint(one) for one in points],
            "travelMode": "DRIVE",
            "routingPreference": "TRAFFIC_UNAWARE",
        },
        timeout=WHILE_SOMEBODY_WAITS,
    )
    try:
        found = {element.get("destinationIndex", 0): element for element in told}
        return [_way(found[place]) for place in range(len(points))]
    except (KeyError, TypeError, AttributeError, ValueError):
        raise NoAnswer("no ways in the answer") from None


def _way(element: dict[str, Any]) -> Way | None:
    if element["condition"] != "ROUTE_EXISTS":
        return None
    seconds = float(element["duration"].removesuffix("s"))
    # Proto JSON leaves out what is 0: the way to the yard itself.
    return Way(int(element.get("distanceMeters", 0)), round(seconds), kept_for=KEPT_FOR)


def _waypoint(point: Point) -> dict[str, Any]:
    at = {"latitude": float(point.latitude), "longitude": float(point.longitude)}
    return {"waypoint": {"location": {"latLng": at}}}
