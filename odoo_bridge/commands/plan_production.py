"""When something is made, and who sees to it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import ProductionCommand


@dataclass(frozen=True, kw_only=True)
class PlanProduction(ProductionCommand):
    """Let it be made from then till then, and its work orders stay as they are planned.

    ``responsible_odoo_id`` is a user of Odoo; without one it is who it was.
    """

    label = _("The plan of a production")

    starts_at: dt.datetime
    ends_at: dt.datetime
    responsible_odoo_id: int | None = None
