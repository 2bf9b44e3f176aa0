"""A lead, as soon as somebody calls or texts."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import Command
from odoo_bridge.commands.editable import Editable, Holds


@dataclass(frozen=True, kw_only=True)
class RecordLead(Command):
    """Make a lead, once, whatever happens on the way.

    ``phone`` is E.164, or whatever the provider called the sender. ``owner_odoo_id`` is a user of
    Odoo; without one Odoo's own rules choose.
    """

    label = _("A lead")
    together = True
    EDITABLE = (
        Editable("title", _("Title"), required=True),
        Editable("contact_name", _("Contact")),
        Editable("phone", _("Phone"), Holds.PHONE),
        Editable("owner_odoo_id", _("Salesperson"), Holds.OWNER),
        Editable("text", _("Description"), Holds.TEXT),
    )

    lead_uuid: uuid.UUID
    title: str
    text: str
    phone: str = ""
    contact_name: str = ""
    owner_odoo_id: int | None = None

    @property
    def stream(self) -> str:
        """Each lead is a stream of its own."""
        return f"lead:{self.lead_uuid}"
