"""What drives, and who."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from odoo_bridge.models import Employee, Vehicle
from odoo_bridge.models.mirror import quantity_field

USUAL_RELOAD = 25


def measure(about: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """Return a column for a length, a weight or a volume that may be unknown, or have no limit."""
    return models.DecimalField(max_digits=9, decimal_places=2, null=True, help_text=about)


def above_nothing(*names: str) -> Q:
    """Return the condition that each of these columns is empty or above 0."""
    condition = Q()
    for name in names:
        condition &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": 0})
    return condition


class Truck(models.Model):
    """A vehicle of Odoo's fleet that carries loads: at most so many kg and m³, 0 for unknown.

    ``set_weight`` and ``set_volume`` are a person's figures for these, which go before Odoo's.
    """

    vehicle = models.OneToOneField(Vehicle, models.PROTECT, related_name="truck")
    most_weight = quantity_field()
    most_volume = quantity_field()
    set_weight = measure("In kg; null: what Odoo says.")
    set_volume = measure("Level, in m³; null: what Odoo says.")
    width = measure("In m; null: unknown.")
    height = measure("In m; null: unknown.")
    empty_weight = measure("In kg, with its driver; null: unknown.")
    reload_minutes = models.PositiveSmallIntegerField(
        default=USUAL_RELOAD, db_default=USUAL_RELOAD, help_text="At the yard, between two trips."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=above_nothing("set_weight", "set_volume"),
                name="a_truck_is_set_to_carry_something",
            ),
            CheckConstraint(
                condition=above_nothing("width", "height", "empty_weight"),
                name="a_truck_has_a_size_or_none_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.vehicle.plate or self.vehicle.name


class TruckService(models.Model):
    """Days, the last included, on which a truck is in the workshop, and what was said of it."""

    truck = models.ForeignKey(Truck, models.PROTECT, related_name="services")
    first_day = models.DateField()
    last_day = models.DateField(db_index=True)
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_service_ends_after_it_begins"
            ),
            UniqueConstraint(
                fields=["truck", "first_day", "last_day"], name="a_service_of_a_truck_is_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"


class DriverProfile(models.Model):
    """A person who drives: signs in here, and is an employee in Odoo as soon as that is known."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="driver_profile"
    )
    employee = models.OneToOneField(
        Employee, models.PROTECT, null=True, related_name="driver_profile"
    )
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.user)
