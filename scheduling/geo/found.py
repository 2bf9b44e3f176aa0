"""What a geocoder says of an address."""

import datetime as dt
from dataclasses import dataclass

from scheduling.models.point import Point


@dataclass(frozen=True)
class Found:
    """A point, and what is known of it.

    :param exact: it is the house; else somewhere on its stretch of the street, or in its town.
    :param kept_for: how long it may be kept; ``None``: for ever.
    :param key: the service's own name of the place, which may be kept for ever.
    """

    point: Point
    exact: bool
    kept_for: dt.timedelta | None = None
    key: str = ""
