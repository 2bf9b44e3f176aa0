"""A quotation for a customer, with what is offered."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import SaleCommand


@dataclass(frozen=True, kw_only=True)
class OrderItem:
    """What a line offers: ``price`` is for one unit, before a discount in percent and taxes.

    The price is in the currency of the customer's price list. ``description`` is what the customer
    reads, and is not empty.
    """

    line_uuid: uuid.UUID
    product_odoo_id: int
    unit_odoo_id: int
    quantity: Decimal
    price: Decimal
    description: str
    discount: Decimal = Decimal(0)
    position: int = 10


@dataclass(frozen=True, kw_only=True)
class PlaceOrder(SaleCommand):
    """Make a quotation, once, with its lines, of which there is at least one.

    ``delivery`` is what the customer pays for the way, as a line of its own after all others.
    """

    label = _("An order")
    together = True

    customer_odoo_id: int
    address_odoo_id: int
    items: tuple[OrderItem, ...]
    delivery: OrderItem | None = None
    reference: str = ""
    promised_at: dt.datetime | None = None
