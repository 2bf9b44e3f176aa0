"""When a delivery goes, and on which run."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import TransferCommand


@dataclass(frozen=True, kw_only=True)
class PlanDelivery(TransferCommand):
    """Give the order and its transfer their date, and put the transfer on the run's batch.

    Without a run the transfer leaves its batch, and the dates stay as they were last planned.
    """

    label = _("The plan of a delivery")

    run_uuid: uuid.UUID | None = None
    scheduled_at: dt.datetime | None = None
