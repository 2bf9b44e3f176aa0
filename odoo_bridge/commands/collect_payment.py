"""The driver was given money."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import OrderCommand


@dataclass(frozen=True, kw_only=True)
class CollectPayment(OrderCommand):
    """Let the payment be posted once, in the cash journal, and pay the order's open invoices.

    ``amount`` in the order's currency; ``collected_on`` is a day of the business.
    """

    label = _("A payment")

    payment_uuid: uuid.UUID
    customer_odoo_id: int
    currency_odoo_id: int
    amount: Decimal
    collected_on: dt.date
    driver: str
