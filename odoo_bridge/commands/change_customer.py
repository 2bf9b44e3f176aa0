"""The contact data of a customer."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.contact_data import OF_CUSTOMER, ContactChange


@dataclass(frozen=True, kw_only=True)
class ChangeCustomer(ContactChange):
    """Let a partner have these contact data; an empty text and 0 empty what stands there.

    ``note`` is added to the notes. Latitude and longitude in degrees.
    """

    label = _("A customer's data")
    ADDS = frozenset({"note"})
    EDITABLE = OF_CUSTOMER

    partner_uuid: uuid.UUID
    partner_odoo_id: int
    full_name: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    note: str | None = None

    @property
    def stream(self) -> str:
        """Each partner is a stream of its own."""
        return f"partner:{self.partner_uuid}"
