"""Who sends what: a stream is taken, its first open entry is sent, dead workers are noted."""

import datetime as dt

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from odoo_bridge.models import OutboxEntry, Stream
from odoo_bridge.outbox.sending import Repeat
from odoo_bridge.outbox.states import move
from portal.core.changes import touch

State = OutboxEntry.State
MOST_DEATHS = 5

# A stream's first open entry stands for it: whatever is parked or in conflict holds its followers
# and nobody else.
NEXT_STREAM = """
with head as (
  select distinct on (stream_id) stream_id, state, not_before
    from odoo_bridge_outboxentry
   where state in ('QUEUED', 'SENDING', 'UNKNOWN', 'CONFLICT', 'PARKED')
   order by stream_id, seq
)
select stream.id
  from odoo_bridge_stream as stream join head on head.stream_id = stream.id
 where head.state in ('QUEUED', 'UNKNOWN') and head.not_before <= %(now)s
   and (stream.leased_until is null or stream.leased_until < %(now)s)
   and (head.state = 'UNKNOWN' or stream.quiet_until is null or stream.quiet_until <= %(now)s)
 order by head.not_before, stream.id
 limit 1
"""
LOCKED = NEXT_STREAM + " for update of stream skip locked"


def anything_due(now: dt.datetime) -> bool:
    """Say whether there is something to send, without taking it."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_STREAM, {"now": now})
        return cursor.fetchone() is not None


@transaction.atomic
def lease_next(now: dt.datetime) -> OutboxEntry | None:
    """Take a stream that is due and mark its first open entry as being sent; commit both.

    The attempt is counted here, before the work: an entry that kills its worker is counted too.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, {"now": now})
        found = cursor.fetchone()
    if found is None:
        return None
    stream = Stream.objects.get(pk=found[0])
    # Read again under the lock: another worker may have settled it since the query looked.
    entry = stream.entries.filter(state__in=OutboxEntry.OPEN).order_by("seq").first()
    if entry is None or entry.state not in OutboxEntry.DUE or entry.not_before > now:
        return None
    stream.fence += 1
    stream.leased_until = now + dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    stream.save(update_fields=["fence", "leased_until"])
    move(entry, State.SENDING)
    entry.fence, entry.sent_at = stream.fence, now
    entry.attempts += 1
    entry.in_flight = entry.repeat = ""
    entry.save(update_fields=["state", "fence", "sent_at", "attempts", "in_flight", "repeat"])
    return entry


@transaction.atomic
def reclaim_expired(now: dt.datetime) -> int:
    """Note the entries whose worker died: nobody knows how far it came. Return how many."""
    # The stream before its entry, as everybody locks them.
    expired = Stream.objects.select_for_update().filter(leased_until__lt=now).order_by("pk")
    streams = list(expired.values_list("pk", flat=True))
    dead = OutboxEntry.objects.select_for_update().filter(state=State.SENDING, stream__in=streams)
    entries = list(dead.order_by("pk"))
    for entry in entries:
        Stream.objects.filter(pk=entry.stream_id).update(fence=F("fence") + 1, leased_until=None)
        entry.deaths += 1
        in_doubt(entry, now=now, reason="The worker died while this was being sent.")
        move(entry, State.PARKED if entry.deaths >= MOST_DEATHS else State.UNKNOWN)
        entry.save()
    if entries:
        touch("sync")
    return len(entries)


def in_doubt(entry: OutboxEntry, *, now: dt.datetime, reason: str) -> None:
    """Note that the latest call of an entry may or may not have landed, and when to look.

    The caller moves and saves the entry. Later entries of its stream wait until the call can no
    longer land, unless a late one would change nothing.
    """
    settled = (entry.sent_at or now) + dt.timedelta(seconds=settings.OUTBOX_MAX_INFLIGHT_SECONDS)
    entry.last_error, entry.failed_step = reason, entry.in_flight
    late = entry.repeat == Repeat.LATE
    entry.not_before = settled if late else now
    if entry.repeat in {Repeat.LATE, Repeat.AT_ONCE}:
        waits = Q(quiet_until__isnull=True) | Q(quiet_until__lt=settled)
        Stream.objects.filter(waits, pk=entry.stream_id).update(quiet_until=settled)
