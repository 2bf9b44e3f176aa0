"""A customer whom Odoo does not have yet."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Command
from odoo_bridge.commands.contact_data import OF_CUSTOMER


@dataclass(frozen=True, kw_only=True)
class RecordCustomer(Command):
    """Make a customer, once, whatever happens on the way. Latitude and longitude in degrees."""

    label = _("A new customer")
    together = True
    EDITABLE = OF_CUSTOMER

    partner_uuid: uuid.UUID
    full_name: str
    is_company: bool = False
    phone: str = ""
    email: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    postcode: str = ""
    state_odoo_id: int | None = None
    country_odoo_id: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    note: str = ""

    @property
    def stream(self) -> str:
        """Each partner is a stream of its own."""
        return f"partner:{self.partner_uuid}"
