"""A purchase is ordered, comes, or is called off."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import PurchaseCommand


@dataclass(frozen=True, kw_only=True)
class ConfirmPurchase(PurchaseCommand):
    """Let the order be confirmed; Odoo may ask somebody there to approve it first."""

    label = _("The confirmation of a purchase")


@dataclass(frozen=True, kw_only=True)
class Received:
    """So much of a line came, after so much that had come before, in the unit of the line."""

    line_uuid: uuid.UUID
    before: Decimal
    quantity: Decimal


@dataclass(frozen=True, kw_only=True)
class ReceivePurchase(PurchaseCommand):
    """Let these goods be received. What is still to come waits as Odoo's backorder."""

    label = _("A receipt")

    goods: tuple[Received, ...]


@dataclass(frozen=True, kw_only=True)
class CancelPurchase(PurchaseCommand):
    """Let the order be cancelled, with what was still to come."""

    label = _("The end of a purchase")
