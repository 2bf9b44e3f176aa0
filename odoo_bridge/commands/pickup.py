"""What our truck fetches: when, and that it has."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import PickupCommand


@dataclass(frozen=True, kw_only=True)
class PlanPickup(PickupCommand):
    """Give the transfer its date, and nothing else: Odoo's batches hold one kind of transfer."""

    label = _("The plan of a pickup")

    scheduled_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class CompletePickup(PickupCommand):
    """Let the transfer be done with all that it was to bring, and a note say who fetched it."""

    label = _("A pickup")

    pickup_uuid: uuid.UUID
    fetched_at: dt.datetime
    driver: str
