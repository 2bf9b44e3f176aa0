"""A lead, here and for Odoo."""

from django.conf import settings

from crm_intake.models import Call, Lead, Message, Person
from odoo_bridge.services.promise_lead import promise_lead

LONGEST = 10_000  # letters: what is longer was not typed on a telephone


def make_lead(
    *,
    title: str,
    text: str,
    person: Person | None,
    message: Message | None = None,
    call: Call | None = None,
) -> Lead:
    """Make the lead of a text or a call, and promise it to Odoo, in the caller's transaction."""
    source = message.sender if message else call.caller if call else ""
    record = promise_lead(
        title=title,
        text=text if len(text) <= LONGEST else f"{text[:LONGEST]} … (cut)",
        phone=source,
        contact_name=person.name if person else "",
        owner_odoo_id=settings.DEFAULT_LEAD_OWNER_ID,
    )
    return Lead.objects.create(person=person, record=record, message=message, call=call)
