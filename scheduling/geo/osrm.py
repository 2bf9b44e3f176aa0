"""Ways by road from an OSRM of one's own.

Source: https://project-osrm.org/docs/v26.4.0/http, read 2026-11-21: longitude stands first, and
``null`` means that there is no way.
"""

from collections.abc import Sequence

from django.conf import settings

from scheduling.errors import NoAnswer
from scheduling.geo.asking import WHILE_SOMEBODY_WAITS, ask
from scheduling.geo.way import Way
from scheduling.models.point import Point

MOST = 99  # points in one question: the server's own limit is 100, with the origin


def ways(origin: Point, points: Sequence[Point]) -> list[Way | None]:
    """Return the way to each of at most ``MOST`` points, ``None`` where no road leads.

    :raises NoAnswer: OSRM does not say.
    """
    places = ";".join(f"{one.longitude},{one.latitude}" for one in (origin, *points))
    told = ask(
        f"{settings.OSRM_URL}/table/v1/driving/{places}?sources=0&annotations=duration,distance",
        timeout=WHILE_SOMEBODY_WAITS,
    )
    try:
        metres, seconds = told["distances"][0][1:], told["durations"][0][1:]
        pairs = list(zip(metres, seconds, strict=True))
        if told["code"] != "Ok" or len(pairs) != len(points):
            raise NoAnswer("not all ways in the answer")
        return [None if None in pair else Way(round(pair[0]), round(pair[1])) for pair in pairs]
    except (KeyError, TypeError, IndexError, ValueError):
        raise NoAnswer("no ways in the answer") from None
