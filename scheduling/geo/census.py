"""The geocoder of the US Census Bureau: free, without a key, for addresses of the United States.

It counts along the house numbers of a street, so that a point may be some houses away. Source: its
reference, https://geocoding.geo.census.gov/geocoder/Geocoding_Services_API.html, read 2026-11-21.
"""

from urllib.parse import urlencode

from django.conf import settings

from scheduling.errors import NoAnswer
from scheduling.geo.asking import ask
from scheduling.geo.found import Found
from scheduling.models.point import Point


def find(address: str) -> Found | None:
    """Return where the address is, or ``None`` when the Bureau does not know it.

    :raises NoAnswer: the Bureau does not say.
    """
    words = urlencode({"address": address, "benchmark": "Public_AR_Current", "format": "json"})
    told = ask(f"{settings.CENSUS_GEOCODER_URL}/locations/onelineaddress?{words}")
    try:
        matches = told["result"]["addressMatches"]
        if not matches:
            return None
        at = matches[0]["coordinates"]
        return Found(Point.of(at["y"], at["x"]), exact=False)
    except (KeyError, TypeError, IndexError, ValueError):
        raise NoAnswer("no place in the answer") from None
