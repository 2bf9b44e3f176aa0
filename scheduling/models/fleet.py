"""What drives, and who."""

from django.conf import settings
from django.db import models

from odoo_bridge.models import Employee, Vehicle
from odoo_bridge.models.mirror import quantity_field


class Truck(models.Model):
    """A vehicle of Odoo's fleet that carries loads: at most so many kg and m³, 0 for unknown."""

    vehicle = models.OneToOneField(Vehicle, models.PROTECT, related_name="truck")
    most_weight = quantity_field()
    most_volume = quantity_field()
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.vehicle.plate or self.vehicle.name


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
