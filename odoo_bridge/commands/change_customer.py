"""The contact data of a customer."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Change
from odoo_bridge.commands.editable import Editable, Holds


@dataclass(frozen=True, kw_only=True)
class ChangeCustomer(Change):
    """Let a partner have these contact data; an empty text and 0 empty what stands there.

    ``note`` is added to the notes. Latitude and longitude in degrees.
    """

    label = _("A customer's data")
    ADDS = frozenset({"note"})
    EDITABLE = (
        Editable("full_name", _("Name"), required=True),
        Editable("phone", _("Phone")),
        Editable("email", _("Email"), Holds.EMAIL),
        Editable("street", _("Street")),
        Editable("street2", _("Street, second line")),
        Editable("postcode", _("Postcode")),
        Editable("city", _("City")),
        Editable("state_odoo_id", _("State"), Holds.STATE),
        Editable("country_odoo_id", _("Country"), Holds.COUNTRY),
        Editable("latitude", _("Latitude"), Holds.LATITUDE),
        Editable("longitude", _("Longitude"), Holds.LONGITUDE),
        Editable("note", _("Note"), Holds.TEXT),
    )

    partner_uuid: uuid.UUID
    partner_odoo_id: int
    full_name: str | None = None
    phone: str | None = None
    email: str | None = None
    street: str | None = None
    street2: str | None = None
    city: str | None = None
    postcode: str | None = None
    state_odoo_id: int | None = None
    country_odoo_id: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    note: str | None = None

    @property
    def stream(self) -> str:
        """Each partner is a stream of its own."""
        return f"partner:{self.partner_uuid}"
