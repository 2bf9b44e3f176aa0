"""What the customer of an order pays for the way."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import SaleCommand
from odoo_bridge.commands.place_order import OrderItem


@dataclass(frozen=True, kw_only=True)
class SetDeliveryLine(SaleCommand):
    """Let the order have one delivery line, and let it be this one.

    The line's uuid is the same for every promise of an order. ``currency`` is that of the price, in
    three letters. ``anew``: the person knew that somebody had removed the line in Odoo.
    """

    label = _("An order's delivery line")

    item: OrderItem
    currency: str
    anew: bool = False
