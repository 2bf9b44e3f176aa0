"""Vehicles, and the people who drive them."""

from django.db import models

from odoo_bridge.models.mirror import (
    Mirror,
    Reference,
    odoo_id_field,
    quantity_field,
    text_field,
)
from odoo_bridge.models.partner import Partner
from odoo_bridge.models.working_time import Resource


class VehicleCategory(Mirror):
    """A kind of vehicle, and what one of it carries: kg and m³, 0 when Odoo does not know."""

    name = text_field()
    most_weight = quantity_field()
    most_volume = quantity_field()

    def __str__(self) -> str:
        return self.name


class Vehicle(Mirror):
    """A vehicle of the fleet."""

    name = text_field()
    plate = text_field(32)
    category = Reference(VehicleCategory, related_name="vehicles")
    category_odoo_id = odoo_id_field()
    driver = Reference(Partner)
    driver_odoo_id = odoo_id_field()
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Employee(Mirror):
    """An employee, without private data; when they work is said of their ``resource``."""

    name = text_field()
    phone = text_field(64)
    contact = Reference(Partner)
    contact_odoo_id = odoo_id_field()
    resource = Reference(Resource, related_name="employees")
    resource_odoo_id = odoo_id_field()
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
