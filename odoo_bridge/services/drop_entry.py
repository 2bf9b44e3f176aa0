"""Give up a parked entry, for good."""

from django.db import transaction
from django.utils import timezone

from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.enqueue import DRAIN
from odoo_bridge.outbox.states import move
from odoo_bridge.services.retry_entry import parked_entry
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core import jobs
from portal.core.changes import touch


@transaction.atomic
def drop_entry(*, entry_id: int, note: str, by: User) -> OutboxEntry:
    """Never send it; ``note`` says why. What waited behind it goes on.

    :raises EntryMovedOn: it is not parked any more.
    """
    entry = parked_entry(entry_id)
    move(entry, OutboxEntry.State.DROPPED)
    entry.note, entry.settled_at = note, timezone.now()
    entry.save(update_fields=["state", "note", "settled_at"])
    record(by=by, what="outbox entry dropped", target=entry, new={"note": note})
    touch("sync")
    jobs.wake(DRAIN)
    return entry
