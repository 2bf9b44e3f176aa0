"""What the business asks for deliveries, as it stands now."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from scheduling.models import (
    DeliveryRates,
    DeliveryZone,
    DistanceBand,
    MaterialCharge,
    TruckClass,
)
from scheduling.models.point import Point
from scheduling.pricing.rates import Band, Rates, Zone


@dataclass(frozen=True)
class PriceList:
    """The row, and the lists beside it."""

    row: DeliveryRates
    bands: list[DistanceBand]
    zones: list[DeliveryZone]
    trucks: list[TruckClass]
    materials: list[MaterialCharge]

    @property
    def yard(self) -> Point | None:
        """Where deliveries begin; ``None``: nobody has said so."""
        return _yard_of(self.row)

    @property
    def rates(self) -> Rates:
        """The same as prices are reckoned with."""
        return Rates(
            per_mile=self.row.per_mile,
            base_fee=self.row.base_fee,
            minimum=self.row.minimum,
            free_miles=self.row.free_miles,
            round_trip=self.row.round_trip,
            fuel_percent=self.row.fuel_percent,
            most_miles=self.row.most_miles,
            bands=tuple(Band(one.up_to, one.fee) for one in self.bands),
            zones=tuple(Zone(one.name, tuple(one.postcodes), one.fee) for one in self.zones),
            trucks={one.name: one.factor for one in self.trucks},
            materials={one.product_id: one.per_unit for one in self.materials},
        )


def price_list() -> PriceList:
    """Return what stands, or what the settings say at first; five queries."""
    return PriceList(
        row=DeliveryRates.objects.first() or first_rates(),
        bands=list(DistanceBand.objects.order_by("up_to")),
        zones=list(DeliveryZone.objects.order_by("name")),
        trucks=list(TruckClass.objects.order_by("factor", "name")),
        materials=list(MaterialCharge.objects.select_related("product").order_by("product__name")),
    )


def yard() -> Point | None:
    """Return where deliveries begin; ``None``: nobody has said so; one query."""
    return _yard_of(DeliveryRates.objects.first() or first_rates())


def first_rates() -> DeliveryRates:
    """Return the rates that the settings say, not stored yet."""
    return DeliveryRates(
        pk=1,
        latitude=settings.DELIVERY_ORIGIN_LATITUDE,
        longitude=settings.DELIVERY_ORIGIN_LONGITUDE,
        per_mile=settings.DELIVERY_RATE_PER_MILE or Decimal(0),
        most_miles=settings.DELIVERY_MAX_DISTANCE,
        road_factor=settings.DELIVERY_ROAD_MULTIPLIER,
    )


def _yard_of(row: DeliveryRates) -> Point | None:
    if row.latitude is None or row.longitude is None:
        return None
    return Point(row.latitude, row.longitude)
