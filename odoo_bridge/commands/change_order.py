"""What is agreed with a customer, besides what is sold."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Change, SaleCommand


@dataclass(frozen=True, kw_only=True)
class ChangeOrder(SaleCommand, Change):
    """Let the order have this date and this reference of the customer's; an empty text empties it.

    ``note`` is added to the terms that the customer reads.
    """

    label = _("An order's data")
    ADDS = frozenset({"note"})

    promised_at: dt.datetime | None = None
    reference: str | None = None
    note: str | None = None
