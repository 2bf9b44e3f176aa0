"""The goods are with the customer."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import OrderCommand


@dataclass(frozen=True, kw_only=True)
class CompleteDelivery(OrderCommand):
    """Let the transfer be done, the invoice posted, and a note on the order say who did it.

    The invoice is of the day of ``delivered_at`` by the clock of the business.
    """

    label = _("A delivery and its invoice")

    delivery_uuid: uuid.UUID
    picking_odoo_id: int
    delivered_at: dt.datetime
    driver: str
