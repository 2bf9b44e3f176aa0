"""Something is being made, or was made."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import ProductionCommand


@dataclass(frozen=True, kw_only=True)
class StartProduction(ProductionCommand):
    """Let it be in progress."""

    label = _("The start of a production")


@dataclass(frozen=True, kw_only=True)
class Scrapped:
    """So much of what was made, or of a part of it, is of no use."""

    scrap_uuid: uuid.UUID
    product_odoo_id: int
    unit_odoo_id: int
    quantity: Decimal


@dataclass(frozen=True, kw_only=True)
class FinishProduction(ProductionCommand):
    """Let it be done with so much made, in the unit of the order, and its parts consumed.

    ``quantity`` counts what was made and then scrapped. Where less was made than ordered, the rest
    is an order of its own if ``rest_follows``, and is not made otherwise.
    """

    label = _("The end of a production")

    quantity: Decimal
    scrapped: tuple[Scrapped, ...] = ()
    rest_follows: bool = True
