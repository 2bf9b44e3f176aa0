"""The goods are with the customer."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class CompleteDelivery(Command):
    """Let the transfer be done, the invoice posted, and a note on the order say who did it."""

    label = _("A delivery and its invoice")

    delivery_uuid: uuid.UUID
    order_uuid: uuid.UUID
    order_odoo_id: int
    picking_odoo_id: int
    delivered_at: dt.datetime
    driver: str

    @property
    def stream(self) -> str:
        """An order with its transfers, invoices and payments is one stream."""
        return f"order:{self.order_uuid}"
