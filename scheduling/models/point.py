"""A place on earth."""

from dataclasses import dataclass
from decimal import Decimal

MICRO = Decimal("0.000001")  # of a degree: 11 cm


@dataclass(frozen=True)
class Point:
    """A place on earth, in degrees of WGS 84, rounded to a millionth."""

    latitude: Decimal
    longitude: Decimal

    @classmethod
    def of(cls, latitude: object, longitude: object) -> "Point":
        """Read two numbers.

        :raises ValueError: they are none, or not on earth.
        """
        try:
            point = cls(*(Decimal(str(one)).quantize(MICRO) for one in (latitude, longitude)))
        except ArithmeticError as exc:
            raise ValueError("no numbers") from exc
        if not (abs(point.latitude) <= 90 and abs(point.longitude) <= 180):
            raise ValueError("not on earth")
        return point
