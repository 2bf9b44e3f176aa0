"""Leads and opportunities."""

from django.db import models

from odoo_bridge.models.mirror import Mirror, Reference, odoo_id_field, text_field
from odoo_bridge.models.organisation import OdooUser
from odoo_bridge.models.partner import Partner
from odoo_bridge.models.pipeline import LeadStage, SalesTeam


class LeadRecord(Mirror):
    """A lead as Odoo has it; born here when somebody calls or texts."""

    name = text_field()
    kind = text_field(16)
    stage = Reference(LeadStage, related_name="leads")
    stage_odoo_id = odoo_id_field()
    owner = Reference(OdooUser)
    owner_odoo_id = odoo_id_field()
    team = Reference(SalesTeam)
    team_odoo_id = odoo_id_field()
    customer = Reference(Partner)
    customer_odoo_id = odoo_id_field()
    contact_name = text_field()
    phone = text_field(64)
    email = text_field()
    active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(null=True, help_text="As Odoo says; ours, until it does.")

    def __str__(self) -> str:
        return self.name
