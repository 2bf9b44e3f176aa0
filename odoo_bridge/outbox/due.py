"""What to send next: the oldest and the newest of what is due take turns.

After an outage thousands of old entries wait. Who would send only the oldest first would let a
text of this minute wait for all of them; only the newest, and the old ones would starve. So both
ends of the queue get half of the turns, and a look at it is good for a second: a fresh stream is
among the first of the next look, however many wait.
"""

import datetime as dt
import itertools
from typing import Any

from django.db import connection

from odoo_bridge.client.batches import BATCH
from odoo_bridge.commands import COMMANDS

DUE = """
select id, due_batch from odoo_bridge_stream
 where due_at <= %(now)s and id <> all(%(apart_from)s)
"""
ENDS = (
    DUE + "order by due_at, id limit %(half)s",
    DUE + "order by due_at desc, id desc limit %(half)s",
)
ANY = "select exists(select from odoo_bridge_stream where due_at <= %(now)s)"
ANY_OR_EXPIRED = f"{ANY} or exists(select from odoo_bridge_stream where leased_until < %(now)s)"
HALF = 100
GOOD_FOR = dt.timedelta(seconds=1)
Candidates = dict[int, str]  # stream: the command of which others may go along


def anything_due(now: dt.datetime) -> bool:
    """Say whether there is something to send, without taking it."""
    return _is(ANY, now)


def anything_due_or_expired(now: dt.datetime) -> bool:
    """Say whether there is something to send, or a worker that died over it."""
    return _is(ANY_OR_EXPIRED, now)


def _is(question: str, now: dt.datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, {"now": now})
        return bool(cursor.fetchone()[0])


def look(now: dt.datetime, *, apart_from: set[int]) -> Candidates:
    """Return streams that are due, the oldest and the newest by turns."""
    values: dict[str, Any] = {"now": now, "half": HALF, "apart_from": list(apart_from)}
    ends = []
    with connection.cursor() as cursor:
        for end in ENDS:
            cursor.execute(end, values)
            ends.append(cursor.fetchall())
    by_turns = itertools.chain.from_iterable(itertools.zip_longest(*ends))
    return {row[0]: row[1] for row in by_turns if row}


class Queue:
    """What one drain sends, in its order. Streams that others hold are left to these others."""

    def __init__(self) -> None:
        self.candidates: Candidates = {}
        self.stale_at: dt.datetime | None = None
        self.passed: set[int] = set()

    def next(self, now: dt.datetime) -> list[int]:
        """Return the streams of the next turn: one, or as many as can go in one call."""
        if not self.candidates or self.stale_at is None or self.stale_at <= now:
            self.candidates = look(now, apart_from=self.passed)
            self.stale_at = now + GOOD_FOR
        if not self.candidates:
            return []
        batch = next(iter(self.candidates.values()))
        if not goes_together(batch):
            alone = next(iter(self.candidates))
            del self.candidates[alone]
            return [alone]
        together = [stream for stream, other in self.candidates.items() if other == batch][:BATCH]
        for stream in together:
            del self.candidates[stream]
        return together

    def pass_over(self, streams: set[int]) -> None:
        """Leave these alone from now on."""
        self.passed |= streams


def goes_together(batch: str) -> bool:
    """Say whether entries of this command can share a call."""
    return batch in COMMANDS and COMMANDS[batch].together
