"""``RecordLead``: one call, since ``load`` creates a lead once however often it is asked to."""

from collections.abc import Sequence

from django.utils.html import escape, linebreaks

from odoo_bridge.client import Cell
from odoo_bridge.commands import RecordLead
from odoo_bridge.models import LeadRecord
from odoo_bridge.outbox.handlers.creation import Creation


def cells_of(command: RecordLead) -> Sequence[Cell]:
    """Return the lead as a row; without an owner Odoo's own rules choose one."""
    return [
        command.title,
        "lead",
        command.phone,
        command.contact_name,
        linebreaks(escape(command.text)),
        command.owner_odoo_id,
    ]


LEAD = Creation[RecordLead](
    model="crm.lead",
    columns=("name", "type", "phone", "contact_name", "description", "user_id/.id"),
    rows=lambda command, _named: [cells_of(command)],
    kind="lead",
    key=lambda command: command.lead_uuid,
    mirror=LeadRecord,
)
