"""What is ordered from vendors, and what they ask for it."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from odoo_bridge.models.mirror import (
    Mirror,
    Reference,
    amount_field,
    odoo_id_field,
    quantity_field,
    text_field,
)
from odoo_bridge.models.money import Currency
from odoo_bridge.models.organisation import Company, OdooUser, Unit
from odoo_bridge.models.partner import Partner
from odoo_bridge.models.product import Product


def unit_price_field() -> "models.DecimalField[Decimal, Decimal]":
    """Return a column for the price of one unit, which may be a fraction of a cent."""
    return models.DecimalField(max_digits=18, decimal_places=6, default=0)


class PurchaseOrder(Mirror):
    """An order at a vendor. ``line_ids`` are the Odoo ids of the lines that it has now, and
    ``picking_ids`` those of the transfers that bring the goods.

    ``order_by`` is when it has to be sent, ``confirmed_at`` when it was; ``planned_at`` is when the
    goods are expected and ``arrived_at`` when the first came.
    """

    DRAFT = "draft"
    TO_APPROVE = "to approve"
    CONFIRMED = "purchase"
    CANCELLED = "cancel"
    OPEN_STATES = (DRAFT, "sent")

    name = text_field(64)
    state = text_field(16)
    vendor = Reference(Partner)
    vendor_odoo_id = odoo_id_field()
    vendor_reference = text_field()
    order_by = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    untaxed = amount_field()
    total = amount_field()
    currency = Reference(Currency)
    currency_odoo_id = odoo_id_field()
    receipt_state = text_field(16)
    invoice_state = text_field(16)
    origin = text_field()
    line_ids = ArrayField(models.BigIntegerField(), default=list)
    picking_ids = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    buyer = Reference(OdooUser)
    buyer_odoo_id = odoo_id_field()
    company = Reference(Company)
    company_odoo_id = odoo_id_field()

    def __str__(self) -> str:
        return self.name


class PurchaseOrderLine(Mirror):
    """A line of an order: something bought, or a remark (``kind`` not empty).

    ``unit_price`` is before ``discount``, which is in percent.
    """

    order = Reference(PurchaseOrder, related_name="lines")
    order_odoo_id = odoo_id_field()
    product = Reference(Product)
    product_odoo_id = odoo_id_field()
    text = models.TextField(blank=True)
    kind = text_field(32)
    quantity = quantity_field()
    received = quantity_field()
    billed = quantity_field()
    unit = Reference(Unit)
    unit_odoo_id = odoo_id_field()
    unit_price = unit_price_field()
    discount = models.DecimalField(max_digits=16, decimal_places=4, default=0, db_default=0)
    total = amount_field()
    planned_at = models.DateTimeField(null=True)
    position = models.IntegerField(default=0)


class SupplierPrice(Mirror):
    """What a vendor asks for one ``unit`` from ``min_quantity`` on, before a discount in percent.

    Without ``product`` it holds for every variant of the template. ``lead_days`` is the time from
    the order to the receipt. The price holds from a day until a day, both included, if they are
    set.
    """

    vendor = Reference(Partner)
    vendor_odoo_id = odoo_id_field()
    product = Reference(Product, related_name="supplier_prices")
    product_odoo_id = odoo_id_field()
    template_odoo_id = odoo_id_field()
    vendor_name = text_field()
    vendor_code = text_field(64)
    min_quantity = quantity_field()
    unit = Reference(Unit)
    unit_odoo_id = odoo_id_field()
    price = unit_price_field()
    discount = quantity_field()
    currency = Reference(Currency)
    currency_odoo_id = odoo_id_field()
    lead_days = models.IntegerField(default=0)
    from_day = models.DateField(null=True)
    until_day = models.DateField(null=True)
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    position = models.IntegerField(default=0)
