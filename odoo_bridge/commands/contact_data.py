"""How somebody is reached: what the commands about customers and leads have in common."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Change
from odoo_bridge.commands.editable import Editable, Holds

REACHED = (
    Editable("phone", _("Phone")),
    Editable("email", _("Email"), Holds.EMAIL),
    Editable("street", _("Street")),
    Editable("street2", _("Street, second line")),
    Editable("postcode", _("Postcode")),
    Editable("city", _("City")),
    Editable("state_odoo_id", _("State"), Holds.STATE),
    Editable("country_odoo_id", _("Country"), Holds.COUNTRY),
)
OF_CUSTOMER = (
    Editable("full_name", _("Name"), required=True),
    *REACHED,
    Editable("latitude", _("Latitude"), Holds.LATITUDE),
    Editable("longitude", _("Longitude"), Holds.LONGITUDE),
    Editable("note", _("Note"), Holds.TEXT),
)


@dataclass(frozen=True, kw_only=True)
class ContactChange(Change):
    """New ways to reach somebody; an empty text and 0 empty what stands there."""

    phone: str | None = None
    email: str | None = None
    street: str | None = None
    street2: str | None = None
    city: str | None = None
    postcode: str | None = None
    state_odoo_id: int | None = None
    country_odoo_id: int | None = None
