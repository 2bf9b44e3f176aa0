"""New data of a lead that Odoo shall have."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from odoo_bridge.commands import ChangeLead
from odoo_bridge.models import LeadRecord, OutboxEntry
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.handlers.change_lead import LEAD_DATA
from portal.accounts.models import User
from portal.core.deadlocks import begins_anew

PROMISED = {
    "title": "name",
    "contact_name": "contact_name",
    "phone": "phone",
    "owner_odoo_id": "owner_odoo_id",
}


@begins_anew
def change_lead(
    *, lead_uuid: UUID, changes: Mapping[str, Any], seen: Mapping[str, Any], by: User | None
) -> OutboxEntry:
    """Promise Odoo the lead's new values. What Odoo has changed meanwhile is merged at sending.

    :param changes: the fields that the person changed, by the names of ``ChangeLead``.
    :param seen: what the person saw in fields, where that was not what we have of Odoo now.
    """
    lead = LeadRecord.objects.select_for_update(no_key=True).get(uuid=lead_uuid)
    base = LEAD_DATA.seen(lead.remote, changes.keys(), {**as_promised(lead, changes), **seen})
    return enqueue(ChangeLead(lead_uuid=lead.uuid, **changes), by=by, base=base)


def as_promised(lead: LeadRecord, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a lead that Odoo has not made yet will have there of the fields to be changed."""
    if lead.remote:
        return {}
    return {word: getattr(lead, column) for word, column in PROMISED.items() if word in changes}
