"""The one way to promise Odoo something."""

from typing import Any

from django.db import connection
from django.utils import timezone

from odoo_bridge.commands import Change, Command
from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.states import move
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
    the order of one stream's entries the order of its changes. A change takes along what the entry
    before it would change and has never begun to.

    :param base: the values that the user saw, for a command that changes them.
    :raises RuntimeError: outside a transaction the promise could outlive the change, or be lost.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("enqueue() outside transaction.atomic() could lose the entry")
    stream_id, seq = _next_place(command.stream)
    payload, base = command.payload(), base or {}
    if isinstance(command, Change) and (older := _not_sent_yet(command, stream_id, seq - 1)):
        payload, base = command.joined(older.payload, payload), {**base, **older.base}
    entry = OutboxEntry.objects.create(
        stream_id=stream_id,
        seq=seq,
        command=command.name(),
        version=command.version,
        target=command.target,
        actor=by,
        base=base,
        payload=payload,
        not_before=timezone.now(),
    )
    touch("sync")
    jobs.wake(DRAIN)
    return entry


def _not_sent_yet(command: Change, stream_id: int, seq: int) -> OutboxEntry | None:
    """End the change of the same record at this place, if it was never sent; return it.

    The stream is locked: nobody can begin to send it.
    """
    older = OutboxEntry.objects.filter(
        stream_id=stream_id,
        seq=seq,
        command=command.name(),
        version=command.version,
        target=command.target,
        state=OutboxEntry.State.QUEUED,
        sent_at__isnull=True,
    ).first()
    if older:
        move(older, OutboxEntry.State.SUPERSEDED)
        older.settled_at = timezone.now()
        older.save(update_fields=["state", "settled_at"])
    return older


def _next_place(key: str) -> tuple[int, int]:
    """Take the next place in a stream, which stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_PLACE, [key])
        stream_id, seq = cursor.fetchone()
    return stream_id, seq
