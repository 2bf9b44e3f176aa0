"""Give up an entry that is parked or in conflict, for good."""

from django.db import transaction
from django.utils import timezone

from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.outbox.enqueue import DRAIN
from odoo_bridge.outbox.states import move
from odoo_bridge.services.resolve_conflict import close, open_conflicts
from odoo_bridge.services.take_back import take_back
from odoo_bridge.services.waiting_entry import waiting_entry
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core import jobs
from portal.core.changes import touch

State = OutboxEntry.State


@transaction.atomic
def drop_entry(*, entry_id: int, note: str, by: User) -> OutboxEntry:
    """Never send it; ``note`` says why. What waited behind it goes on.

    :raises EntryMovedOn: it does not wait for a person any more.
    """
    entry, now = waiting_entry(entry_id, State.PARKED, State.CONFLICT), timezone.now()
    for conflict in open_conflicts(entry):
        close(conflict, Conflict.Choice.THEIRS, by=by, now=now)
    move(entry, State.DROPPED)
    entry.note, entry.settled_at = note, now
    entry.save(update_fields=["state", "note", "settled_at"])
    take_back(entry)
    record(by=by, what="outbox entry dropped", target=entry, new={"note": note})
    touch("sync")
    jobs.wake(DRAIN)
    return entry
