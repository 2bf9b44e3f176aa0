"""A command of the simulation alone: several of them in one stream show whether order is kept."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands.base import Command
from odoo_bridge.models import LeadRecord
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, has, make_true

STEP = "crm.lead.write"


@dataclass(frozen=True, kw_only=True)
class Rename(Command):
    """Give a lead that was promised before another contact."""

    label = "A contact"  # type: ignore[assignment]

    lead_uuid: uuid.UUID
    contact_name: str

    @property
    def stream(self) -> str:
        """The lead's own."""
        return f"lead:{self.lead_uuid}"


def rename(command: Rename, odoo: Sending) -> Callable[[], None]:
    """Look, write, look again, as the sagas do it."""
    lead = LeadRecord.objects.get(uuid=command.lead_uuid).known_odoo_id

    def look() -> Row:
        rows = odoo.read("crm.lead", "read", ids=[lead], fields=["contact_name"])
        if not rows:
            raise OdooRejected("The lead was deleted in Odoo.", STEP)
        return dict(rows[0])

    wanted = {"contact_name": command.contact_name}
    make_true(
        look,
        lambda row: has(row, wanted),
        lambda _row: odoo.write(
            "crm.lead", "write", repeat=Repeat.AT_ONCE, ids=[lead], vals=wanted
        ),
        step=STEP,
    )
    return lambda: None
