"""Vehicles, what they carry, and the people who may drive them."""

from odoo_bridge import models
from odoo_bridge.models.access import FLEET_BATCHES
from odoo_bridge.sync.columns import MirrorSpec, flag, number, reference, text

VEHICLE_CATEGORY = MirrorSpec(
    models.VehicleCategory,
    "fleet.vehicle.model.category",
    (
        text("name", "name"),
        number("most_weight", "weight_capacity"),
        number("most_volume", "volume_capacity"),
    ),
    topic="fleet",
    module=FLEET_BATCHES,  # what vehicles carry is a field of that module
)
VEHICLE = MirrorSpec(
    models.Vehicle,
    "fleet.vehicle",
    (
        text("name", "name"),
        text("plate", "license_plate", most=32),
        reference("category", "category_id"),
        reference("driver", "driver_id"),
        flag("active", "active"),
    ),
    topic="fleet",
    tells="fleet.vehicle",
)
EMPLOYEE = MirrorSpec(
    models.Employee,
    "hr.employee.public",
    (
        text("name", "name"),
        text("phone", "work_phone", most=64),
        reference("contact", "work_contact_id"),
        reference("resource", "resource_id"),
        flag("active", "active"),
    ),
    topic="fleet",
    tells="hr.employee",
)
