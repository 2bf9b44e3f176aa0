"""What is being made, in which steps, and where."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from odoo_bridge.models.bill_of_materials import BillOfMaterials
from odoo_bridge.models.mirror import (
    Mirror,
    Reference,
    amount_field,
    odoo_id_field,
    quantity_field,
    text_field,
)
from odoo_bridge.models.organisation import Company, OdooUser, Unit
from odoo_bridge.models.product import Product
from odoo_bridge.models.sale_order import SaleOrderLine
from odoo_bridge.models.working_time import Resource, WorkingHours


class WorkCenter(Mirror):
    """A machine or a bench. ``efficiency`` in percent: at 200 a work order takes half its time."""

    name = text_field()
    code = text_field(64)
    resource = Reference(Resource, related_name="work_centers")
    resource_odoo_id = odoo_id_field()
    hours = Reference(WorkingHours)
    hours_odoo_id = odoo_id_field()
    efficiency = quantity_field()
    setup_minutes = quantity_field()
    cleanup_minutes = quantity_field()
    cost_per_hour = amount_field()
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class WorkCenterCapacity(Mirror):
    """How many of a product a work centre makes at once; without a product, of anything."""

    work_center = Reference(WorkCenter, related_name="capacities")
    work_center_odoo_id = odoo_id_field()
    product = Reference(Product)
    product_odoo_id = odoo_id_field()
    unit = Reference(Unit)
    unit_odoo_id = odoo_id_field()
    capacity = quantity_field()
    setup_minutes = quantity_field()
    cleanup_minutes = quantity_field()


class ManufacturingOrder(Mirror):
    """An order to make something, planned from ``starts_at`` to ``ends_at``, due at ``due_at``.

    ``work_order_ids`` are the Odoo ids of the work orders that it has now. ``order_line`` is what
    it is made for, where Odoo knows. ``parts_state`` says whether its parts are at hand.
    """

    OPEN_STATES = ("confirmed", "progress", "to_close")

    name = text_field(64)
    state = text_field(16)
    parts_state = text_field(16)
    product = Reference(Product, related_name="manufacturing_orders")
    product_odoo_id = odoo_id_field()
    quantity = quantity_field()
    produced = quantity_field()
    unit = Reference(Unit)
    unit_odoo_id = odoo_id_field()
    bill = Reference(BillOfMaterials)
    bill_odoo_id = odoo_id_field()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    origin = text_field()
    order_line = Reference(SaleOrderLine, related_name="manufacturing_orders")
    order_line_odoo_id = odoo_id_field()
    work_order_ids = ArrayField(models.BigIntegerField(), default=list)
    responsible = Reference(OdooUser)
    responsible_odoo_id = odoo_id_field()
    company = Reference(Company)
    company_odoo_id = odoo_id_field()

    def __str__(self) -> str:
        return self.name


class WorkOrder(Mirror):
    """A step of a manufacturing order at a work centre; it begins when those before it are done.

    ``after_ids`` are the Odoo ids of the work orders that it waits for.
    """

    name = text_field()
    state = text_field(16)
    production = Reference(ManufacturingOrder, related_name="work_orders")
    production_odoo_id = odoo_id_field()
    work_center = Reference(WorkCenter, related_name="work_orders")
    work_center_odoo_id = odoo_id_field()
    produced = quantity_field()
    expected_minutes = quantity_field()
    real_minutes = quantity_field()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    after_ids = ArrayField(models.BigIntegerField(), default=list)
    position = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.name
