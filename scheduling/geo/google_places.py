"""Addresses that Google knows, while one is typed, where a key is given.

Source: https://developers.google.com/maps/documentation/places/web-service/place-autocomplete,
read 2026-11-22: an answer has at most five suggestions, none where nothing fits, and no session is
needed where the details of a place are not asked for. Nothing of it is kept; where it is shown
without a map, Google is named.
"""

from typing import Any

from django.conf import settings

from scheduling.errors import NoAnswer
from scheduling.geo.asking import WHILE_SOMEBODY_WAITS, ask
from scheduling.models.point import Point

NEAR = 50_000.0  # metres: the most that may be asked for


def suggestions(words: str, *, country: str, near: Point | None) -> list[str]:
    """Return addresses that begin like these words, those nearby first.

    :param country: ISO 3166, two letters: no other country's addresses are wanted.
    :raises NoAnswer: Google does not say: no key, no money, too many questions.
    """
    asked: dict[str, Any] = {"input": words, "includedRegionCodes": [country.lower()]}
    if near is not None:
        center = {"latitude": float(near.latitude), "longitude": float(near.longitude)}
        asked["locationBias"] = {"circle": {"center": center, "radius": NEAR}}
    told = ask(
        f"{settings.GOOGLE_PLACES_URL}/v1/places:autocomplete",
        headers={"X-Goog-Api-Key": settings.GOOGLE_MAPS_API_KEY},
        post=asked,
        timeout=WHILE_SOMEBODY_WAITS,
    )
    try:
        found = [one["placePrediction"]["text"]["text"] for one in told.get("suggestions", [])]
        return [str(text) for text in found]
    except (KeyError, TypeError, AttributeError):
        raise NoAnswer("no addresses in the answer") from None
