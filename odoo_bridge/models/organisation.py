"""Companies, their warehouses, the people who work in Odoo, and the units they count in."""

from django.db import models

from odoo_bridge.models.mirror import Mirror, Reference, odoo_id_field, text_field
from odoo_bridge.models.money import Currency
from odoo_bridge.models.partner import Partner


class Company(Mirror):
    """A company of the business, with the currency of its books."""

    name = text_field()
    parent = Reference("self", related_name="branches")
    parent_odoo_id = odoo_id_field()
    currency = Reference(Currency)
    currency_odoo_id = odoo_id_field()
    address = Reference(Partner)
    address_odoo_id = odoo_id_field()
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class OdooUser(Mirror):
    """Somebody who logs in to Odoo; what they are called is said by ``contact``.

    ``is_outsider``: a customer or a vendor with a log-in, who works for none of the companies.
    """

    login = text_field()
    contact = Reference(Partner)
    contact_odoo_id = odoo_id_field()
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    is_outsider = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.login

    @property
    def shown_name(self) -> str:
        """What people call them; the log-in while their contact is not known here."""
        return self.contact.name if self.contact else self.login


class Warehouse(Mirror):
    """A place where goods are kept; ``stock_location_odoo_id`` is its main location."""

    name = text_field()
    code = text_field(16)
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    address = Reference(Partner)
    address_odoo_id = odoo_id_field()
    stock_location_odoo_id = models.PositiveBigIntegerField(null=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Unit(Mirror):
    """A unit of measure. One of it is ``factor`` of the unit at the root of its kind."""

    name = text_field(64)
    factor = models.DecimalField(max_digits=28, decimal_places=12, default=0)
    base = Reference("self")
    base_odoo_id = odoo_id_field()
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
