"""Who sends what: streams are taken, their first open entries are sent, dead workers are noted."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from odoo_bridge.models import OutboxEntry, Stream
from odoo_bridge.outbox.sending import Repeat, lease_end
from odoo_bridge.outbox.states import leading_to, move
from portal.core.changes import touch

State = OutboxEntry.State
MOST_DEATHS = 5

# Asked again under the lock: another worker may have taken it, or it was put off, since the look.
LEASE = """
with free as (
  select id from odoo_bridge_stream
   where id = any(%(streams)s) and due_at <= %(now)s
   order by id for update skip locked
)
update odoo_bridge_stream as stream
   set fence = stream.fence + 1, leased_until = %(until)s
  from free where stream.id = free.id
returning stream.id, stream.fence
"""
# The attempt is counted here, before the work: an entry that kills its worker is counted too. Only
# what the sending needs is read; the rest costs more than the statement.
SEND_NEXT = """
update odoo_bridge_outboxentry as entry
   set state = %(to)s, fence = held.fence, sent_at = %(now)s, attempts = entry.attempts + 1,
       in_flight = '', repeat = ''
  from unnest(%(streams)s::bigint[], %(fences)s::bigint[], %(after)s::int[])
         as held (stream_id, fence, seq)
  join odoo_bridge_stream as stream on stream.id = held.stream_id and stream.fence = held.fence
   and stream.paused_at is null
 cross join lateral (
   select id from odoo_bridge_outboxentry as one
    where one.stream_id = held.stream_id and one.seq > held.seq
      and one.state in ('QUEUED', 'SENDING', 'UNKNOWN', 'CONFLICT', 'PARKED')
    order by one.seq limit 1
 ) as head
 where entry.id = head.id
   and entry.state = any(%(out_of)s) and entry.not_before <= %(now)s
   and (entry.state = 'UNKNOWN' or stream.quiet_until is null or stream.quiet_until <= %(now)s)
   and (%(batch)s = '' or (entry.command = %(batch)s and entry.deaths = 0))
returning entry.id, entry.uuid, entry.stream_id, entry.seq, entry.command, entry.payload,
          entry.state, entry.attempts, entry.deaths, entry.fence
"""


@transaction.atomic
def take(streams: Sequence[int], now: dt.datetime) -> list[OutboxEntry]:
    """Lease those of the streams that are still due, mark their heads as being sent, commit both.

    What another worker holds is left to it, without waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEASE, {"streams": list(streams), "now": now, "until": lease_end(now)})
        held = cursor.fetchall()
    places = [(stream, fence, 0) for stream, fence in held]
    return send_next(places, now)


def follow(done: Sequence[OutboxEntry], now: dt.datetime, *, batch: str) -> list[OutboxEntry]:
    """Mark what comes next in the streams of these entries, under the same leases.

    The caller holds the streams' locks and gives back those that have no next entry. ``batch``:
    only entries of this command, which can go in one call.
    """
    return send_next([(one.stream_id, one.fence, one.seq) for one in done], now, batch=batch)


def send_next(
    held: Sequence[tuple[int, int, int]], now: dt.datetime, *, batch: str = ""
) -> list[OutboxEntry]:
    """Mark the first open entry after a place (stream, fence, seq) of each stream as being sent."""
    streams, fences, after = ([place[n] for place in held] for n in range(3))
    values = {
        "streams": streams,
        "fences": fences,
        "after": after,
        "now": now,
        "batch": batch,
        "to": State.SENDING.value,
        "out_of": leading_to(State.SENDING),
    }
    entries = OutboxEntry.objects.raw(SEND_NEXT, values) if held else []
    return sorted(entries, key=lambda entry: entry.pk)


@transaction.atomic
def reclaim_expired(now: dt.datetime) -> int:
    """Note the entries whose worker died: nobody knows how far it came. Return how many."""
    # The stream before its entry, as everybody locks them.
    expired = Stream.objects.select_for_update(skip_locked=True).filter(leased_until__lt=now)
    streams = list(expired.order_by("pk").values_list("pk", flat=True))
    if not streams:
        return 0
    dead = OutboxEntry.objects.select_for_update().filter(state=State.SENDING, stream__in=streams)
    entries = list(dead.order_by("pk"))
    for entry in entries:
        entry.deaths += 1
        in_doubt(entry, now=now, reason="The worker died while this was being sent.")
        move(entry, State.PARKED if entry.deaths >= MOST_DEATHS else State.UNKNOWN)
        entry.save()
    Stream.objects.filter(pk__in=streams).update(fence=F("fence") + 1, leased_until=None)
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
    entry.doubted_at = entry.doubted_at or now
    late = entry.repeat == Repeat.LATE
    entry.not_before = settled if late else now
    if entry.repeat in {Repeat.LATE, Repeat.AT_ONCE}:
        waits = Q(quiet_until__isnull=True) | Q(quiet_until__lt=settled)
        Stream.objects.filter(waits, pk=entry.stream_id).update(quiet_until=settled)
