"""OpenStreetMap's geocoder, the public one or one's own.

The public one takes one question a second of a whole application, which names itself; its answers
may be kept. Source: https://operations.osmfoundation.org/policies/nominatim/, read 2026-11-21.
"""

from urllib.parse import urlencode

from django.conf import settings

from portal.core.pace import wait_for_turn
from scheduling.errors import NoAnswer
from scheduling.geo.asking import ask
from scheduling.geo.found import Found
from scheduling.models.point import Point

PER_SECOND = 1.0
HOUSES = {"house", "building", "residential", "place"}


def find(address: str) -> Found | None:
    """Return where the address is, or ``None`` when the map does not have it.

    :raises NoAnswer: the service does not say, or others of us are asking it.
    """
    if not wait_for_turn("nominatim", per_second=PER_SECOND):
        raise NoAnswer("its turn comes later")
    words = urlencode({"q": address, "format": "jsonv2", "limit": 1, "countrycodes": _country()})
    headers = {"User-Agent": f"Yardmaster ({settings.PUBLIC_URL})", "Referer": settings.PUBLIC_URL}
    told = ask(f"{settings.NOMINATIM_URL}/search?{words}", headers=headers)
    try:
        if told == []:
            return None
        first = told[0]
        exact = first.get("addresstype") in HOUSES
        return Found(Point.of(first["lat"], first["lon"]), exact=exact)
    except (KeyError, TypeError, IndexError, AttributeError, ValueError):
        raise NoAnswer("no place in the answer") from None


def _country() -> str:
    return settings.BUSINESS_COUNTRY.lower()
