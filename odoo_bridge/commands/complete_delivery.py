"""The goods are with the customer."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import TransferCommand


@dataclass(frozen=True, kw_only=True)
class Handed:
    """So much of a move of the transfer is with the customer, in the unit of the move."""

    move_odoo_id: int
    quantity: Decimal


@dataclass(frozen=True, kw_only=True)
class CompleteDelivery(TransferCommand):
    """Let the transfer be done, the invoice posted, and a note on the order say who did it.

    The invoice is of the day of ``delivered_at`` by the clock of the business. ``goods`` is what
    the customer has of it, and the rest waits as Odoo's backorder; nothing here is all of it, as in
    version 1, which knew no parts.
    """

    version: ClassVar[int] = 2
    label = _("A delivery and its invoice")

    delivery_uuid: uuid.UUID
    delivered_at: dt.datetime
    driver: str
    goods: tuple[Handed, ...] = ()
