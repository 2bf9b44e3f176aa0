"""The customer took nothing."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import TransferCommand


@dataclass(frozen=True, kw_only=True)
class RefuseDelivery(TransferCommand):
    """Let a note on the order say why, and the transfer leave its run, or be cancelled.

    One that ``goes_again`` stays open for another day. Without, the order stays as it is: to cancel
    that too is a decision of its own.
    """

    label = _("A delivery that was refused")

    delivery_uuid: uuid.UUID
    refused_at: dt.datetime
    driver: str
    reason: str
    goes_again: bool
