"""A lead that Odoo shall have."""

from django.db import transaction
from django.utils import timezone

from odoo_bridge.commands import RecordLead
from odoo_bridge.models import LeadRecord, OdooUser
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User

LONGEST_PHONE = 64  # letters: what is no number can be of any length


@transaction.atomic
def promise_lead(
    *,
    title: str,
    text: str,
    phone: str,
    contact_name: str = "",
    owner_odoo_id: int | None = None,
    by: User | None = None,
) -> LeadRecord:
    """Make the lead's mirror, not acknowledged yet, and the promise, together or not at all."""
    phone = phone[:LONGEST_PHONE]
    lead = LeadRecord.objects.create(
        name=title[:255],
        kind="lead",
        phone=phone,
        contact_name=contact_name,
        owner_odoo_id=owner_odoo_id,
        owner=OdooUser.objects.filter(odoo_id=owner_odoo_id).first() if owner_odoo_id else None,
        created_at=timezone.now(),
    )
    command = RecordLead(
        lead_uuid=lead.uuid,
        title=title,
        text=text,
        phone=phone,
        contact_name=contact_name,
        owner_odoo_id=owner_odoo_id,
    )
    enqueue(command, by=by)
    return lead
