"""``RecordLead``: one call, since ``load`` creates a lead once however often it is asked to."""

from collections.abc import Callable

from django.utils.html import escape, linebreaks

from odoo_bridge.commands import RecordLead
from odoo_bridge.models import LeadRecord
from odoo_bridge.outbox.acknowledge import acknowledge
from odoo_bridge.outbox.sending import Sending

COLUMNS = ("name", "type", "phone", "contact_name", "description", "user_id/.id")


def record_lead(command: RecordLead, odoo: Sending) -> Callable[[], None]:
    """Create the lead; give its mirror the id."""
    [lead] = odoo.create(
        "crm.lead",
        COLUMNS,
        [
            odoo.external_id("lead", command.lead_uuid),
            command.title,
            "lead",
            command.phone,
            command.contact_name,
            linebreaks(escape(command.text)),
            command.owner_odoo_id,
        ],
    )
    return lambda: acknowledge(LeadRecord, command.lead_uuid, lead)
