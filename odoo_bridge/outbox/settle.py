"""What becomes of entries after they were sent: stored only by who has the fence."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import connection
from django.utils import timezone

from odoo_bridge.client import OdooError, OdooOverloaded, OdooUnavailable, OutcomeUnknown
from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.outbox.lease import follow, in_doubt
from odoo_bridge.outbox.outcome import NO_BUG, ChangedInOdoo, Outcome, a_bug, has_failed
from odoo_bridge.outbox.states import leading_to, move
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.core.state_diagram import NoSuchMove

log = structlog.get_logger(__name__)
State = OutboxEntry.State
DOUBTED = "The answer to an earlier call was lost: look in Odoo whether it was done."
PAUSES = (2, 5, 15, 40, 120)  # seconds, after the first, second … failure

# "for update" waits for somebody who adds an entry to the stream; "skip locked" does not.
HOLD = """
select stream.id from odoo_bridge_stream as stream
  join unnest(%s::bigint[], %s::bigint[]) as mine (id, fence)
    on mine.id = stream.id and mine.fence = stream.fence
 order by stream.id for update of stream
"""
# The states as a subquery: as constants they would lead the planner to the index of what is being
# sent, which is full of dead rows while somebody holds an old snapshot.
DONE = """
update odoo_bridge_outboxentry
   set state = %(to)s, settled_at = %(now)s, last_error = '', failed_step = '', in_flight = ''
 where id = any(%(entries)s::bigint[])
   and state = any(array(select unnest(%(out_of)s::text[])))
"""
GIVE_BACK = "update odoo_bridge_stream set leased_until = null where id = any(%s::bigint[])"


@dataclass(frozen=True)
class Next:
    """Which entries may be sent at once after those that are settled, under the same leases."""

    batch: str  # only of this command, to go in one call; empty: any


def settle_turn(outcome: Outcome, following: Next | None) -> list[OutboxEntry]:
    """Settle all that are ours still; return what is being sent now instead, if anything.

    Together, in one transaction. What that leaves out is settled alone: a stream that somebody is
    adding to is waited for, and a bug in what one entry stores must hold up its stream alone.
    """
    left = outcome.entries
    followers: list[OutboxEntry] = []
    if len(left) > 1:
        try:
            settled, followers = settle(outcome, timezone.now(), following=following, wait=False)
            left = [entry for entry in left if entry.stream_id not in settled]
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            log.exception("outbox_acknowledgement_broke")
    for entry in left:
        followers += settle_alone(outcome.only(entry), following)
    return followers


def settle_alone(outcome: Outcome, following: Next | None = None) -> list[OutboxEntry]:
    """Settle one entry; where storing what Odoo said is what breaks, note that."""
    try:
        return settle(outcome, timezone.now(), following=following)[1]
    except NO_BUG:
        raise
    except Exception as bug:
        log.exception("outbox_acknowledgement_broke")
        settle(has_failed(a_bug(bug), *outcome.entries), timezone.now())
        return []


@begins_anew
def settle(
    outcome: Outcome, now: dt.datetime, *, following: Next | None = None, wait: bool = True
) -> tuple[set[int], list[OutboxEntry]]:
    """Store the outcome of what we hold, and give its streams back, together or not at all.

    Return the streams that were settled, and the entries that are being sent now instead. ``wait``
    for the streams that are locked, or leave them out.
    """
    held = _hold(outcome.entries, wait=wait)
    done = [entry for entry in outcome.done if entry.stream_id in held]
    if done:
        outcome.acknowledge(done)
        _note_done(done, now)
    for entry, error in outcome.failed:
        if entry.stream_id in held:
            _fail(entry, error, now)
    for entry, found in outcome.in_conflict:
        if entry.stream_id in held:
            _leave_to_a_person(entry, found)
    followers = follow(done, now, batch=following.batch) if following else []
    go_on = {entry.stream_id for entry in followers}
    if back := held - go_on:
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, [list(back)])
    if held:
        touch("sync")
    return held, followers


def _hold(entries: Sequence[OutboxEntry], *, wait: bool) -> set[int]:
    """Lock the entries' streams; return those that are ours. The others settle the rest."""
    places = [[one.stream_id for one in entries], [one.fence for one in entries]]
    with connection.cursor() as cursor:
        cursor.execute(HOLD + ("" if wait else "skip locked"), places)
        return {stream for (stream,) in cursor.fetchall()}


def _note_done(entries: Sequence[OutboxEntry], now: dt.datetime) -> None:
    values: dict[str, Any] = {
        "entries": [entry.pk for entry in entries],
        "now": now,
        "to": State.DONE.value,
        "out_of": leading_to(State.DONE),
    }
    with connection.cursor() as cursor:
        cursor.execute(DONE, values)
        if cursor.rowcount != len(entries):
            raise NoSuchMove(f"one of {len(entries)} → {State.DONE}")


def _leave_to_a_person(entry: OutboxEntry, found: ChangedInOdoo) -> None:
    """Keep what a person must decide about. Odoo answered well: it was no attempt."""
    entry.refresh_from_db(fields=["state", "attempts", "in_flight"])
    entry.attempts -= 1
    entry.last_error, entry.failed_step, entry.in_flight = "", "", ""
    move(entry, State.CONFLICT)
    entry.save(update_fields=["state", "attempts", "last_error", "failed_step", "in_flight"])
    Conflict.objects.bulk_create(
        Conflict(
            entry=entry,
            key=one.key,
            base=one.base,
            mine=one.mine,
            theirs=one.theirs,
            changed_by=found.changed_by[:255],
            changed_at=found.changed_at,
        )
        for one in found.conflicts
    )


def _fail(entry: OutboxEntry, error: OdooError, now: dt.datetime) -> None:
    """Odoo has not, or not surely, done it: the error's type says what that means.

    An outage does not count as an attempt. What is over its attempts waits for a person.
    """
    entry.refresh_from_db(
        fields=[
            *("state", "attempts", "not_before", "sent_at", "in_flight", "repeat"),
            "doubted_at",
        ]
    )
    probe = dt.timedelta(seconds=settings.OUTBOX_PROBE_SECONDS)
    if isinstance(error, OutcomeUnknown):
        entry.attempts -= 1
        in_doubt(entry, now=now, reason=error.reason)
        move(entry, State.UNKNOWN)
        entry.not_before = max(entry.not_before, now + probe)
    elif isinstance(error, OdooUnavailable):
        entry.attempts -= 1
        _again(entry, error, at=now + probe)
    elif isinstance(error, OdooOverloaded) or entry.attempts < error.max_attempts:
        pause = PAUSES[min(entry.attempts, len(PAUSES)) - 1]
        _again(entry, error, at=now + dt.timedelta(seconds=pause * random.uniform(0.5, 1)))  # noqa: S311
    else:
        _explain(entry, error)
        if entry.doubted_at and error.max_attempts > 1:  # no answer of Odoo's to what it was asked
            entry.last_error = f"{DOUBTED} {entry.last_error}"
        else:
            entry.doubted_at = None
        move(entry, State.PARKED)
    entry.save()


def _again(entry: OutboxEntry, error: OdooError, *, at: dt.datetime) -> None:
    """Send it later; a look-up that met no Odoo leaves the doubt as it was."""
    _explain(entry, error)
    move(entry, State.UNKNOWN if entry.doubted_at else State.QUEUED)
    entry.not_before = at


def _explain(entry: OutboxEntry, error: OdooError) -> None:
    entry.last_error, entry.failed_step = error.reason, error.call or entry.in_flight
