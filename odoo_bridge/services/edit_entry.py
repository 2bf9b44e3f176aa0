"""Correct what Odoo has refused, and send it once more."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from odoo_bridge.errors import ChangedMeanwhile, NothingToEdit
from odoo_bridge.models import OutboxEntry
from odoo_bridge.services.editable_fields import editable_fields, mark_of
from odoo_bridge.services.retry_entry import queue_again
from odoo_bridge.services.waiting_entry import waiting_entry
from portal.accounts.models import User
from portal.audit.services.record import record


@transaction.atomic
def edit_entry(*, entry_id: int, values: Mapping[str, Any], seen: str, by: User) -> OutboxEntry:
    """Keep the new values in the payload and queue it; what was seen in Odoo stays the base.

    :param values: by the fields of the command, as JSON holds them.
    :param seen: ``mark_of`` the entry as the person saw it.
    :raises EntryMovedOn: it is not parked any more.
    :raises ChangedMeanwhile: somebody has edited it since.
    :raises NothingToEdit: its command has none of these fields to edit.
    """
    entry = waiting_entry(entry_id, OutboxEntry.State.PARKED)
    if values.keys() - {one.name for one in editable_fields(entry)}:
        raise NothingToEdit("This change cannot be edited here: try it again, or drop it.")
    if mark_of(entry) != seen:
        raise ChangedMeanwhile("Somebody has edited this meanwhile. Look at it as it is now.")
    changed = [name for name, value in values.items() if entry.payload.get(name) != value]
    record(
        by=by,
        what="outbox entry edited",
        target=entry,
        old={"error": entry.last_error} | {name: entry.payload.get(name) for name in changed},
        new={name: values[name] for name in changed},
    )
    entry.payload = {**entry.payload, **{name: values[name] for name in changed}}
    queue_again(entry)
    return entry
