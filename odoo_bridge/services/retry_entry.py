"""Send a parked entry once more."""

from django.db import transaction
from django.utils import timezone

from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.enqueue import DRAIN
from odoo_bridge.outbox.states import move
from odoo_bridge.services.waiting_entry import waiting_entry
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core import jobs
from portal.core.changes import touch


@transaction.atomic
def retry_entry(*, entry_id: int, by: User) -> OutboxEntry:
    """Queue it again with fresh tries. Harmless when Odoo has done it after all: sending checks.

    :raises EntryMovedOn: it is not parked any more.
    """
    entry = waiting_entry(entry_id, OutboxEntry.State.PARKED)
    record(by=by, what="outbox entry retried", target=entry, old={"error": entry.last_error})
    queue_again(entry)
    return entry


def queue_again(entry: OutboxEntry) -> None:
    """Queue a locked entry, parked until now, with fresh tries, and store it as it is."""
    move(entry, OutboxEntry.State.QUEUED)
    entry.attempts, entry.deaths, entry.not_before = 0, 0, timezone.now()
    entry.save(update_fields=["state", "attempts", "deaths", "not_before", "payload"])
    touch("sync")
    jobs.wake(DRAIN)
