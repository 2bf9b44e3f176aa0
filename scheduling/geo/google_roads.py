"""Ways by road from Google: by its Routes API, or by the older one where a key has that alone."""

import http.client
from collections.abc import Sequence
from typing import Any

from scheduling.errors import Refused
from scheduling.geo import google_matrix, google_routes
from scheduling.geo.way import Way
from scheduling.models.point import Point

# Source: google/api/error_reason.proto of https://github.com/googleapis/googleapis.
NOT_THIS_ONE = {"SERVICE_DISABLED", "API_KEY_SERVICE_BLOCKED"}


def ways(origin: Point, points: Sequence[Point]) -> list[Way | None]:
    """Return the way to each of at most ``google_routes.MOST`` points, ``None`` without a road.

    :raises NoAnswer: Google does not say: no key, no money, too many questions.
    """
    try:
        return google_routes.ways(origin, points)
    except Refused as refusal:
        if not lacks_routes(refusal.told):
            raise
    found: list[Way | None] = []
    for first in range(0, len(points), google_matrix.MOST):
        found += google_matrix.ways(origin, points[first : first + google_matrix.MOST])
    return found


def lacks_routes(told: Any) -> bool:
    """Say whether Google refuses the key this API alone: not enabled, or not one of the key's.

    A stream's error comes as the only element of a list.
    """
    first = told[0] if isinstance(told, list) and told else told
    try:
        error = first["error"]
        reasons = {one.get("reason") for one in error.get("details", [])}
        return error["code"] == http.client.FORBIDDEN and bool(reasons & NOT_THIS_ONE)
    except (KeyError, TypeError, AttributeError):
        return False
