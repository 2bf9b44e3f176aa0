"""What our truck fetches: when, and that it has."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import PickupCommand
from odoo_bridge.commands.complete_delivery import Handed


@dataclass(frozen=True, kw_only=True)
class PlanPickup(PickupCommand):
    """Give the transfer its date, and nothing else: Odoo's batches hold one kind of transfer."""

    label = _("The plan of a pickup")

    scheduled_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class CompletePickup(PickupCommand):
    """Let the transfer be done, and a note say who fetched it.

    ``goods`` is what was fetched of it, and the rest waits as Odoo's backorder; nothing here is all
    of it, as in version 1, which knew no parts.
    """

    version: ClassVar[int] = 2
    label = _("A pickup")

    pickup_uuid: uuid.UUID
    fetched_at: dt.datetime
    driver: str
    goods: tuple[Handed, ...] = ()
