"""What is loaded, and what it is loaded on. Weights in kg, volumes in m³, lengths in m."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

NOTHING = Decimal(0)
# Figures of Odoo have four places. Rounded down, so that nothing is too much by rounding alone.
STEP = Decimal("0.0001")


@dataclass(frozen=True)
class Material:
    """A kind of goods; ``density`` in kg/m³, 0 for unknown.

    A bed's level volume may be filled ``heaping`` times, at least once. ``group`` may not share a
    bed with any of the groups in ``clashes``, nor those with it: their materials say the same.
    """

    key: int
    name: str
    density: Decimal = NOTHING
    heaping: Decimal = Decimal(1)
    group: int | None = None
    clashes: frozenset[int] = frozenset()

    def clashes_with(self, other: "Material") -> bool:
        """Whether the two may not share a bed."""
        return other.group in self.clashes


@dataclass(frozen=True)
class Goods:
    """So much of a product; without a material it clashes with nothing and is not heaped."""

    product: int
    material: Material | None
    weight: Decimal
    volume: Decimal


@dataclass(frozen=True)
class Limit:
    """What a truck takes of one material, instead of what it takes of any; ``None``: as of any.

    The volume is meant as it stands, heap included.
    """

    most_weight: Decimal | None = None
    most_volume: Decimal | None = None


@dataclass(frozen=True)
class Compartment:
    """A part of a bed; ``None``: only the truck's own limits hold. The volume is level."""

    name: str
    most_weight: Decimal | None = None
    most_volume: Decimal | None = None


@dataclass(frozen=True)
class Bed:
    """What a truck takes: 0 for unknown, the volume level; ``limits`` by the material's key."""

    most_weight: Decimal = NOTHING
    most_volume: Decimal = NOTHING
    limits: Mapping[int, Limit] = field(default_factory=dict)
    compartments: tuple[Compartment, ...] = ()


def complete(weight: Decimal, volume: Decimal, density: Decimal) -> tuple[Decimal, Decimal]:
    """Return weight and volume, the one that is 0 reckoned from the other where density is known.

    What cannot be reckoned stays 0: unknown.
    """
    if density > 0 and not weight:
        weight = (volume * density).quantize(STEP, ROUND_DOWN)
    elif density > 0 and not volume:
        volume = (weight / density).quantize(STEP, ROUND_DOWN)
    return weight, volume
