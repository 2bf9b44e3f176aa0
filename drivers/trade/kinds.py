"""What sort of trade a product is, told by the unit in which it is counted."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from portal.core.templatetags.figures import quantity as in_figures

CORD, CUBIC_FOOT, CUBIC_METER, CUBIC_YARD = "cord", "ft³", "m³", "yd³"
FEET_OF_A_CORD = 128
FINEST = 16  # a cord is told in fractions down to this part of it, else in decimals
NO_MEASURES = ("face cord", "rick", "rack", "pile", "truckload")  # of wood; none is fixed by law
VOLUMES = (CUBIC_YARD, CUBIC_FOOT, CUBIC_METER)
WEIGHTS = ("ton", "t", "lb", "kg", "cwt")
ALSO_CALLED = {
    CORD: ("cords",),
    CUBIC_FOOT: ("ft3", "cubic foot", "cubic feet", "cu ft"),
    CUBIC_METER: ("m3", "cubic meter", "cubic meters"),
    CUBIC_YARD: ("yd3", "yd", "yard", "yards", "cubic yard", "cubic yards", "cu yd"),
    "ton": ("tons", "short ton", "short tons"),
    "t": ("tonne", "tonnes", "metric ton", "metric tons"),
    "lb": ("lbs", "pound", "pounds"),
    "kg": ("kilogram", "kilograms"),
}
NAMES = {also: unit for unit, others in ALSO_CALLED.items() for also in (unit, *others)}


class Kind(StrEnum):
    """A sort of goods that has rules of its own; ``PIECES`` has none."""

    FIREWOOD = "FIREWOOD"
    BULK_VOLUME = "BULK_VOLUME"
    BULK_WEIGHT = "BULK_WEIGHT"
    PIECES = "PIECES"


def unit_of(said: str) -> str:
    """Return the name by which the rules call a unit, or what was said where they do not."""
    words = " ".join(said.lower().split())
    return NAMES.get(words, words)


def kind_of(said: str) -> Kind:
    """Return the sort of goods that is counted in a unit: only wood comes in cords."""
    unit = unit_of(said)
    if unit == CORD or unit in NO_MEASURES:
        return Kind.FIREWOOD
    if unit in VOLUMES:
        return Kind.BULK_VOLUME
    return Kind.BULK_WEIGHT if unit in WEIGHTS else Kind.PIECES


def in_words(quantity: Decimal, unit: str) -> str:
    """Return ``1 1/2 cords (192 ft³)``, ``3.5 yd³``: as a ticket says how much it is."""
    if unit != CORD:
        return f"{in_figures(quantity)} {unit}"
    name = CORD if quantity <= 1 else f"{CORD}s"
    feet = in_figures(round(quantity * FEET_OF_A_CORD, 1))
    return f"{_in_fractions(quantity)} {name} ({feet} {CUBIC_FOOT})"


def _in_fractions(quantity: Decimal) -> str:
    exact = Fraction(quantity)
    whole, rest = divmod(exact, 1)
    if exact.denominator > FINEST or not rest:
        return in_figures(quantity)
    part = f"{rest.numerator}/{rest.denominator}"
    return f"{whole} {part}" if whole else part
