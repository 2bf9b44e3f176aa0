"""Sale orders and their lines."""

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
from odoo_bridge.models.money import Currency, PaymentTerm
from odoo_bridge.models.organisation import Company, OdooUser
from odoo_bridge.models.partner import Partner
from odoo_bridge.models.product import Product


class SaleOrder(Mirror):
    """An order. ``line_ids`` are the Odoo ids of the lines that it has now."""

    DRAFT = "draft"
    CONFIRMED = "sale"

    name = text_field(64)
    state = text_field(16)
    customer = Reference(Partner)
    customer_odoo_id = odoo_id_field()
    delivery_address = Reference(Partner)
    delivery_address_odoo_id = odoo_id_field()
    ordered_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    total = amount_field()
    currency = Reference(Currency)
    currency_odoo_id = odoo_id_field()
    payment_term = Reference(PaymentTerm)
    payment_term_odoo_id = odoo_id_field()
    invoice_state = text_field(16)
    line_ids = ArrayField(models.BigIntegerField(), default=list)
    invoice_ids = ArrayField(models.BigIntegerField(), default=list)
    salesperson = Reference(OdooUser)
    salesperson_odoo_id = odoo_id_field()
    company = Reference(Company)
    company_odoo_id = odoo_id_field()

    def __str__(self) -> str:
        return self.name


class SaleOrderLine(Mirror):
    """A line of an order: something sold, or a remark (``kind`` not empty)."""

    order = Reference(SaleOrder, related_name="lines")
    order_odoo_id = odoo_id_field()
    product = Reference(Product)
    product_odoo_id = odoo_id_field()
    text = models.TextField(blank=True)
    kind = text_field(16)
    quantity = quantity_field()
    delivered = quantity_field()
    total = amount_field()
    position = models.IntegerField(default=0)
    is_delivery_fee = models.BooleanField(default=False)
