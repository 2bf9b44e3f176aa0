"""The stages that leads go through, the teams that see to them, and numbers not to be texted."""

from django.db import models

from odoo_bridge.models.mirror import Mirror, Reference, odoo_id_field, text_field
from odoo_bridge.models.organisation import Company, OdooUser


class LeadStage(Mirror):
    """A stage, by rising ``position``."""

    name = text_field()
    position = models.IntegerField(default=0)
    is_won = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class SalesTeam(Mirror):
    """A team, and who leads it."""

    name = text_field()
    leader = Reference(OdooUser)
    leader_odoo_id = odoo_id_field()
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class BlockedNumber(Mirror):
    """A telephone number (E.164) that Odoo sends no texts to, as long as it is ``active``."""

    number = text_field(64)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.number
