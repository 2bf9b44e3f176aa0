"""A delivery becomes two, or two become one again."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import OrderCommand


@dataclass(frozen=True, kw_only=True)
class Parting:
    """So much of a move leaves its transfer, in the unit of the move; ``demand`` was all of it.

    ``move_uuid`` is the mirror of the move that brings it, which was born with the promise.
    """

    move_odoo_id: int
    move_uuid: uuid.UUID
    demand: Decimal
    leaves: Decimal


@dataclass(frozen=True, kw_only=True)
class SplitDelivery(OrderCommand):
    """Let a second transfer bring these goods; whatever is not named stays where it is.

    ``part_uuid`` is the mirror of the second one, which was born with the promise.
    """

    label = _("A load that is split")

    picking_odoo_id: int
    part_uuid: uuid.UUID
    goods: tuple[Parting, ...]


@dataclass(frozen=True, kw_only=True)
class MergeDeliveries(OrderCommand):
    """Let a transfer bring all that another one of the order was to bring, which ends by that."""

    label = _("Loads that are merged again")

    picking_odoo_id: int
    part_odoo_id: int
