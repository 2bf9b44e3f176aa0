"""A lead in a real Odoo, with the mirror of it: words for the tests."""

import uuid
from dataclasses import dataclass

from odoo_bridge.commands import CloseLead, ConvertLead
from odoo_bridge.models import LeadRecord
from odoo_bridge.services.change_lead import change_lead
from odoo_bridge.sync.specs import LEAD
from odoo_bridge.tests.outbox.purchases import mirrored
from odoo_bridge.tests.outbox.yard import Yard

SHOWN = ("name", "type", "active", "probability", "partner_id", "contact_name", "phone", "user_id")


@dataclass(frozen=True)
class Lead:
    """A lead that Odoo and the portal know."""

    yard: Yard
    odoo_id: int
    uuid: uuid.UUID

    def row(self, *fields):
        return self.yard.row("crm.lead", self.odoo_id, *SHOWN, *fields)

    def in_odoo(self, method, **values):
        """Let a third party do something."""
        self.yard.do("crm.lead", method, [self.odoo_id], **values)

    def mirror(self):
        return LeadRecord.objects.get(uuid=self.uuid)

    def change(self, *, seen=None, **changes):
        """Promise the change; return its entry."""
        return change_lead(lead_uuid=self.uuid, changes=changes, seen=seen or {}, by=None)

    def convert(self, **values):
        return ConvertLead(lead_uuid=self.uuid, **values)

    def win(self):
        return CloseLead(lead_uuid=self.uuid, won=True)

    def lose(self, reason=""):
        return CloseLead(lead_uuid=self.uuid, won=False, reason=reason)

    def log(self):
        """Return what stands in the lead's log in Odoo."""
        domain = [["model", "=", "crm.lead"], ["res_id", "=", self.odoo_id]]
        return [row["body"] for row in self.yard.rows("mail.message", domain, "body")]


def a_lead(yard, **values):
    """Make a lead in Odoo, and mirror it."""
    defaults = {"name": "Oak, 2 cords", "type": "lead", "contact_name": f"Ann {uuid.uuid4().hex}"}
    odoo_id = yard.make("crm.lead", **{**defaults, "phone": "606-555-0101", **values})
    [mirror] = mirrored(yard, LEAD, [["id", "=", odoo_id]])
    return Lead(yard, odoo_id, mirror.uuid)
