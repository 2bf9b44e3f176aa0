"""How far it is as the crow flies."""

from math import asin, cos, radians, sin, sqrt

from scheduling.models.point import Point

EARTH = 6_371_008.8  # metres, the mean radius (IUGG)
METRES_A_MILE = 1609.344


def straight_metres(one: Point, other: Point) -> float:
    """Return the length of the great circle between two points, by the haversine formula."""
    there, here = radians(float(one.latitude)), radians(float(other.latitude))
    east = radians(float(other.longitude) - float(one.longitude))
    half = sin((here - there) / 2) ** 2 + cos(there) * cos(here) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))
