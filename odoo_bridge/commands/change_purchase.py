"""What is agreed with a vendor, and when it comes."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Change, PurchaseCommand


@dataclass(frozen=True, kw_only=True)
class ChangePurchase(PurchaseCommand, Change):
    """Let the order have this vendor's reference and this date; an empty text empties it.

    Lines that were to come first, or would come before the new date, come then.
    """

    label = _("A purchase's data")

    reference: str | None = None
    planned_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ChangePurchaseLine(PurchaseCommand, Change):
    """Let the line order so much, for this price of one unit, before a discount in percent."""

    label = _("What is ordered of a purchase")

    line_uuid: uuid.UUID
    quantity: Decimal | None = None
    price: Decimal | None = None
    discount: Decimal | None = None
    planned_at: dt.datetime | None = None

    @property
    def target(self) -> str:
        """Changes of one line take along those of the same line alone."""
        return f"purchase_line:{self.line_uuid}"
