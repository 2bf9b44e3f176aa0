"""Several workers that drain one outbox into nothing, and what each of them was given, when."""

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from bench.outbox_rows import all_done
from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.drain import drain_into
from odoo_bridge.outbox.outcome import Outcome

FORKS = multiprocessing.get_context("fork")
Seen = tuple[float, int, int]  # when, which stream, which place in it


def drain_with_all_workers() -> tuple[float, list[Seen]]:
    """Drain with as many workers as may send at once; return the seconds, and what came."""
    connection.close()  # no process inherits a session
    count = settings.OUTBOX_CONCURRENCY
    ready, answers = FORKS.Barrier(count + 1), FORKS.SimpleQueue()
    workers = [FORKS.Process(target=work, args=(ready, answers)) for _ in range(count)]
    for worker in workers:
        worker.start()
    ready.wait()
    began = time.monotonic()
    parts = [answers.get() for _worker in workers]
    for worker in workers:
        worker.join()
    ended = max(ended for ended, _seen in parts)
    return ended - began, [one for _ended, seen in parts for one in seen]


def work(ready: Any, answers: Any) -> None:
    """What one worker does: wait for the others, and send until nothing is due."""
    seen: list[Seen] = []

    def nowhere(entries: Sequence[OutboxEntry]) -> tuple[Outcome, bool]:
        now = time.monotonic()
        seen.extend((now, entry.stream_id, entry.seq) for entry in entries)
        return Outcome(done=entries), True

    connection.ensure_connection()
    ready.wait()
    drain_into(nowhere)
    answers.put((time.monotonic(), seen))
    connection.close()


def check(seen: Sequence[Seen], *, streams: int, each: int) -> None:
    """Fail unless every entry came once, in the order of its stream, and is done."""
    got: dict[int, list[int]] = defaultdict(list)
    for _when, stream, seq in sorted(seen):
        got[stream].append(seq)
    right = list(range(1, each + 1))
    assert len(got) == streams
    assert all(seqs == right for seqs in got.values()), "order lost"
    all_done(streams * each)
