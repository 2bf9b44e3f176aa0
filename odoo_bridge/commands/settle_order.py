"""A quotation becomes an order, or an order is called off."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import SaleCommand


@dataclass(frozen=True, kw_only=True)
class ConfirmOrder(SaleCommand):
    """Let the quotation be an order, with a transfer for what is to be delivered."""

    label = _("The confirmation of an order")


@dataclass(frozen=True, kw_only=True)
class CancelOrder(SaleCommand):
    """Let the order be cancelled with its transfers, of which nothing was delivered or invoiced."""

    label = _("The end of an order")
