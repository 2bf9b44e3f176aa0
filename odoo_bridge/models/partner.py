"""Customers, contacts and their addresses."""

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Right, Upper

from odoo_bridge.models.mirror import Mirror, Reference, degrees_field, odoo_id_field, text_field

PHONE_END = 7  # digits by which numbers are looked up, however they are written
DIGITS = Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
END_OF_PHONE = Right(DIGITS, PHONE_END)


class CountryState(Mirror):
    """A state of a country, for the two letters in an address."""

    name = text_field()
    code = text_field(8)

    def __str__(self) -> str:
        return self.name


class Partner(Mirror):
    """A person or a company, or an address of one."""

    name = text_field()
    is_company = models.BooleanField(default=False)
    email = text_field()
    phone = text_field(64)
    street = text_field()
    street2 = text_field()
    city = text_field()
    postcode = text_field(24)
    state = Reference(CountryState)
    state_odoo_id = odoo_id_field()
    latitude = degrees_field()
    longitude = degrees_field()
    parent = Reference("self")
    parent_odoo_id = odoo_id_field()
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(END_OF_PHONE, name="partner_end_of_phone"),
            models.Index(Upper("email"), name="partner_email"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name, or that of the company whose unnamed address this is."""
        return self.name or (self.parent.name if self.parent else "")

    @property
    def address(self) -> str:
        """The address in one line; needs ``state`` to be loaded."""
        region = " ".join(filter(None, [self.state.code if self.state else "", self.postcode]))
        return ", ".join(filter(None, [self.street, self.street2, self.city, region]))
