"""Google's geocoder, where a key is given.

Its coordinates may be kept for 30 days, the name of the place for ever. Source:
https://cloud.google.com/maps-platform/terms/maps-service-terms, read 2026-11-21.
"""

import datetime as dt
from urllib.parse import urlencode

from django.conf import settings

from scheduling.errors import NoAnswer
from scheduling.geo.asking import ask
from scheduling.geo.found import Found
from scheduling.models.point import Point

KEPT_FOR = dt.timedelta(days=30)


def find(address: str) -> Found | None:
    """Return where the address is, or ``None`` when Google does not know it.

    :raises NoAnswer: Google does not say: no key, no money, too many questions.
    """
    words = urlencode({"address": address, "key": settings.GOOGLE_MAPS_API_KEY})
    told = ask(f"{settings.GOOGLE_GEOCODING_URL}/maps/api/geocode/json?{words}")
    try:
        if told["status"] == "ZERO_RESULTS":
            return None
        if told["status"] != "OK":
            raise NoAnswer(str(told["status"])[:40])
        first = told["results"][0]
        at = first["geometry"]["location"]
        exact = first["geometry"].get("location_type") == "ROOFTOP"
        return Found(
            Point.of(at["lat"], at["lng"]), exact=exact, kept_for=KEPT_FOR, key=first["place_id"]
        )
    except (KeyError, TypeError, IndexError, AttributeError, ValueError):
        raise NoAnswer("no place in the answer") from None
