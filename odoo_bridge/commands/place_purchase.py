"""An order at a vendor, with what is ordered."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import PurchaseCommand


@dataclass(frozen=True, kw_only=True)
class PurchaseItem:
    """What a line orders: ``price`` is for one unit, before a discount in percent."""

    line_uuid: uuid.UUID
    product_odoo_id: int
    unit_odoo_id: int
    quantity: Decimal
    price: Decimal
    planned_at: dt.datetime
    discount: Decimal = Decimal(0)
    position: int = 10


@dataclass(frozen=True, kw_only=True)
class PlacePurchase(PurchaseCommand):
    """Make a draft order at the vendor, once, with its lines, of which there is at least one."""

    label = _("A purchase")
    together = True

    vendor_odoo_id: int
    currency_odoo_id: int
    items: tuple[PurchaseItem, ...]
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class AddPurchaseLine(PurchaseCommand):
    """Order one thing more, once, while the order is not confirmed."""

    label = _("One thing more of a purchase")

    item: PurchaseItem


@dataclass(frozen=True, kw_only=True)
class RemovePurchaseLine(PurchaseCommand):
    """Do not order this, while the order is not confirmed."""

    label = _("One thing less of a purchase")

    line_uuid: uuid.UUID
