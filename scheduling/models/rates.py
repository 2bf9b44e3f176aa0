"""What the business asks for deliveries: one row of choices, and lists beside it."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from odoo_bridge.models import Product
from odoo_bridge.models.mirror import amount_field


def _miles(about: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(max_digits=6, decimal_places=1, null=True, help_text=about)


class DeliveryRates(models.Model):
    """The one row of what holds for every delivery; amounts in the business's currency."""

    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    per_mile = amount_field()
    base_fee = amount_field()
    minimum = amount_field()
    free_miles = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    round_trip = models.BooleanField(default=False)
    fuel_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    most_miles = _miles("One way; null: as far as anybody asks.")
    road_factor = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        default=Decimal("1.30"),
        help_text="By how much roads are longer than the crow's way.",
    )
    product = models.ForeignKey(
        Product, models.SET_NULL, null=True, related_name="+", help_text="Of the delivery line."
    )

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(pk=1), name="there_is_one_row_of_rates"),
            CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="the_yard_is_on_earth_or_unknown",
            ),
            CheckConstraint(
                condition=Q(
                    per_mile__gte=0,
                    base_fee__gte=0,
                    minimum__gte=0,
                    free_miles__gte=0,
                    fuel_percent__gte=0,
                    road_factor__gte=1,
                ),
                name="no_rate_is_below_nothing",
            ),
        ]

    def __str__(self) -> str:
        return "delivery rates"


class DistanceBand(models.Model):
    """Up to so many miles one way a delivery costs this, instead of so much a mile."""

    up_to = models.DecimalField("up to, miles", max_digits=6, decimal_places=1, unique=True)
    fee = amount_field()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(up_to__gt=0, fee__gte=0), name="a_band_is_above_nothing")
        ]

    def __str__(self) -> str:
        return f"up to {self.up_to} miles"


class DeliveryZone(models.Model):
    """Where postcodes begin so a delivery costs this, however far it is."""

    name = models.CharField(max_length=60, unique=True)
    postcodes = ArrayField(models.CharField(max_length=12), help_text="Beginnings, in capitals.")
    fee = amount_field()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(fee__gte=0, postcodes__len__gt=0), name="a_zone_has_postcodes"
            )
        ]

    def __str__(self) -> str:
        return self.name


class TruckClass(models.Model):
    """A kind of trucks, and what it multiplies the way's price by."""

    name = models.CharField(max_length=60, unique=True)
    factor = models.DecimalField(max_digits=4, decimal_places=2, default=1)

    class Meta:
        constraints = [CheckConstraint(condition=Q(factor__gte=1), name="no_truck_is_a_rebate")]

    def __str__(self) -> str:
        return self.name


class MaterialCharge(models.Model):
    """What each unit of a product adds to the price of its delivery."""

    product = models.OneToOneField(Product, models.PROTECT, related_name="delivery_charge")
    per_unit = amount_field()

    class Meta:
        constraints = [CheckConstraint(condition=Q(per_unit__gt=0), name="a_charge_is_something")]

    def __str__(self) -> str:
        return str(self.product)
