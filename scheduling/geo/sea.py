"""Points at which nothing can be delivered: those at sea.

Countries' time zones reach twelve nautical miles from their coasts, and those of the open sea have
no country's name. Source: https://github.com/evansiroky/timezone-boundary-builder, read 2026-11-22.
"""

from tzfpy import get_tz

from scheduling.models.point import Point

OPEN_SEA = "Etc/"


def is_at_sea(point: Point) -> bool:
    """Say whether the point is farther than twelve nautical miles (22 km) from every coast."""
    return get_tz(float(point.longitude), float(point.latitude)).startswith(OPEN_SEA)
