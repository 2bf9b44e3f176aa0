"""Ways by road from Google's older Distance Matrix API, for a key that has that one alone.

Source: https://developers.google.com/maps/documentation/distance-matrix/distance-matrix: at most 25
destinations and 100 elements in one question, the elements in the order of the destinations, metres
and seconds as ``value``. New projects cannot enable it any more. Its content may be kept for 30
days.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from scheduling.errors import NoAnswer
from scheduling.geo.asking import WHILE_SOMEBODY_WAITS, ask
from scheduling.geo.way import Way
from scheduling.models.point import Point

MOST = 25
KEPT_FOR = dt.timedelta(days=30)
LONGEST_REASON = 40


def ways(origin: Point, points: Sequence[Point]) -> list[Way | None]:
    """Return the way to each of at most ``MOST`` points, ``None`` where no road leads.

    :raises NoAnswer: Google does not say: no key, no money, too many questions.
    """
    words = urlencode(
        {
            "origins": _at(origin),
            "destinations": "|".join(_at(one) for one in points),
            "mode": "driving",
            "key": settings.GOOGLE_MAPS_API_KEY,
        }
    )
    told = ask(
        f"{settings.GOOGLE_MATRIX_URL}/maps/api/distancematrix/json?{words}",
        timeout=WHILE_SOMEBODY_WAITS,
    )
    try:
        if told["status"] != "OK":
            raise NoAnswer(str(told["status"])[:LONGEST_REASON])
        [row] = told["rows"]
        return [_way(one) for _point, one in zip(points, row["elements"], strict=True)]
    except (KeyError, TypeError, ValueError):
        raise NoAnswer("no ways in the answer") from None


def _way(element: dict[str, Any]) -> Way | None:
    if element["status"] != "OK":
        return None
    metres, seconds = element["distance"]["value"], element["duration"]["value"]
    return Way(int(metres), round(seconds), kept_for=KEPT_FOR)


def _at(point: Point) -> str:
    return f"{point.latitude},{point.longitude}"
