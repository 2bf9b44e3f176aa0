"""A truck, a driver and a day: Odoo's batch of transfers."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class PlanRun(Command):
    """Let the run's batch be there, with this vehicle and this driver.

    The driver is a contact of Odoo (``res.partner``), as Odoo's batches want it.
    """

    label = _("The plan of a run")

    run_uuid: uuid.UUID
    title: str
    starts_at: dt.datetime
    vehicle_odoo_id: int
    driver_odoo_id: int | None = None

    @property
    def stream(self) -> str:
        """Each run is a stream of its own."""
        return f"run:{self.run_uuid}"
