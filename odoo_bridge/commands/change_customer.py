"""The contact data of a customer."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Change


@dataclass(frozen=True, kw_only=True)
class ChangeCustomer(Change):
    """Let a partner have these contact data; an empty text and 0 empty what stands there.

    ``note`` is added to the notes. Latitude and longitude in degrees.
    """

    label = _("A customer's data")
    ADDS = frozenset({"note"})

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
