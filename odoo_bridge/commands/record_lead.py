"""A lead, as soon as somebody calls or texts."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import LeadCommand
from odoo_bridge.commands.editable import Editable, Holds


@dataclass(frozen=True, kw_only=True)
class RecordLead(LeadCommand):
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

    title: str
    text: str
    phone: str = ""
    contact_name: str = ""
    owner_odoo_id: int | None = None
