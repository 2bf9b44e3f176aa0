"""The one way to promise Odoo something."""

from typing import Any

from django.db import connection
from django.utils import timezone

from odoo_bridge.commands import Command
from odoo_bridge.models import OutboxEntry
from portal.accounts.models import User
from portal.core import jobs
from portal.core.changes import touch

DRAIN = "odoo_bridge.tasks.drain_outbox"

NEXT_PLACE = """
insert into odoo_bridge_stream as stream (key, last_seq, fence) values (%s, 1, 0)
on conflict (key) do update set last_seq = stream.last_seq + 1
returning id, last_seq
"""


def enqueue(
    command: Command, *, by: User | None, base: dict[str, Any] | None = None
) -> OutboxEntry:
    """Store a command to be sent once the caller's transaction commits.

    Call it while holding the lock on the record that the command is about: that lock is what makes
    the order of one stream's entries the order of its changes.

    :param base: the values that the user saw, for a command that changes them.
    :raises RuntimeError: outside a transaction the promise could outlive the change, or be lost.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("enqueue() outside transaction.atomic() could lose the entry")
    stream_id, seq = _next_place(command.stream)
    entry = OutboxEntry.objects.create(
        stream_id=stream_id,
        seq=seq,
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


def _next_place(key: str) -> tuple[int, int]:
    """Take the next place in a stream, which stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_PLACE, [key])
        stream_id, seq = cursor.fetchone()
    return stream_id, seq
