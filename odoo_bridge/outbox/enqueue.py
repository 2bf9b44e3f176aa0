"""The one way to promise Odoo something."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from odoo_bridge.commands import Command
from odoo_bridge.models import OutboxEntry, Stream
from portal.accounts.models import User
from portal.core import jobs
from portal.core.changes import touch

DRAIN = "odoo_bridge.tasks.drain_outbox"


def enqueue(
    command: Command, *, by: User | None, base: dict[str, Any] | None = None
) -> OutboxEntry:
    """Store a command to be sent once the caller's transaction commits.

    Call it while holding the lock on the record that the command is about: that lock is what makes
    the order of one stream's entries the order of its changes.

    :param base: the values that the user saw, for a command that changes them.
    :raises RuntimeError: outside a transaction the promise could outlive the change, or be lost.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("enqueue() outside transaction.atomic() could lose the entry")
    Stream.objects.get_or_create(key=command.stream)
    stream = Stream.objects.select_for_update().get(key=command.stream)
    stream.last_seq += 1
    stream.save(update_fields=["last_seq"])
    entry = OutboxEntry.objects.create(
        stream=stream,
        seq=stream.last_seq,
        command=command.name(),
        version=command.version,
        target=command.target,
        actor=by,
        base=base or {},
        payload=command.payload(),
        not_before=timezone.now(),
    )
    touch("sync")
    jobs.wake(DRAIN)
    return entry
