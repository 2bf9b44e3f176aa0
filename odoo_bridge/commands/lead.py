"""A lead after it was recorded: what is known of it, that it becomes business, and how it ends."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.base import LeadCommand
from odoo_bridge.commands.contact_data import REACHED, ContactChange
from odoo_bridge.commands.editable import Editable, Holds


@dataclass(frozen=True, kw_only=True)
class ChangeLead(LeadCommand, ContactChange):
    """Let the lead have these data; an empty text and 0 empty what stands there.

    Phone and email are the customer's too, once the lead has one: Odoo keeps both the same.
    """

    label = _("A lead's data")
    EDITABLE = (
        Editable("title", _("Title"), required=True),
        Editable("contact_name", _("Contact")),
        Editable("company", _("Company")),
        *REACHED,
        Editable("owner_odoo_id", _("Salesperson"), Holds.OWNER),
    )

    title: str | None = None
    contact_name: str | None = None
    company: str | None = None
    owner_odoo_id: int | None = None
    stage_odoo_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConvertLead(LeadCommand):
    """Let the lead be an opportunity of a customer.

    Without ``customer_odoo_id`` it is the customer that the lead has, else the one with the lead's
    mail address, else a new one with the lead's data: Odoo itself looks at no telephone numbers.
    """

    label = _("A lead that becomes an opportunity")

    customer_odoo_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CloseLead(LeadCommand):
    """Let the lead be won, or lost for a reason.

    A reason that Odoo's list has, in English, is chosen there; any other stands in the lead's log.
    """

    label = _("The end of a lead")
    EDITABLE = (Editable("reason", _("Reason"), Holds.TEXT),)

    won: bool
    reason: str = ""
