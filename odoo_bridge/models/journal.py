"""The journals of the books."""

from django.db import models

from odoo_bridge.models.mirror import Mirror, Reference, odoo_id_field, text_field
from odoo_bridge.models.money import Currency
from odoo_bridge.models.organisation import Company


class Journal(Mirror):
    """A journal. Without ``currency`` it is kept in that of its company."""

    HOLD_MONEY = ("bank", "cash", "credit")

    name = text_field()
    code = text_field(16)
    kind = text_field(16)
    currency = Reference(Currency)
    currency_odoo_id = odoo_id_field()
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    account_odoo_id = models.PositiveBigIntegerField(null=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
