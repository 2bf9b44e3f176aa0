"""A customer wants to pay by card."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import OrderCommand


@dataclass(frozen=True, kw_only=True)
class MakePaymentLink(OrderCommand):
    """Let Odoo make the address of the page on which ``amount`` of the order can be paid.

    ``amount`` in the order's currency. Where Odoo does not want it, the link says why, and nothing
    else of the order waits for a person.
    """

    label = _("A link to pay by card")

    link_uuid: uuid.UUID
    amount: Decimal
