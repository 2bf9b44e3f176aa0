"""What the business asks for deliveries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Band:
    """Up to so many miles one way a delivery costs this, instead of so much a mile."""

    up_to: Decimal
    fee: Decimal


@dataclass(frozen=True)
class Zone:
    """Where postcodes begin so a delivery costs this, however far it is."""

    name: str
    postcodes: tuple[str, ...]
    fee: Decimal


@dataclass(frozen=True, kw_only=True)
class Rates:
    """All that a price is made of. Money in the currency of the business, miles one way.

    ``trucks`` are the classes of trucks by name, with what they multiply the way's price by;
    ``materials`` are charges for each unit of a product, by its key.
    """

    per_mile: Decimal = NOTHING
    base_fee: Decimal = NOTHING
    minimum: Decimal = NOTHING
    free_miles: Decimal = NOTHING
    round_trip: bool = False
    fuel_percent: Decimal = NOTHING
    most_miles: Decimal | None = None
    bands: tuple[Band, ...] = ()
    zones: tuple[Zone, ...] = ()
    trucks: Mapping[str, Decimal] = field(default_factory=dict)
    materials: Mapping[int, Decimal] = field(default_factory=dict)
