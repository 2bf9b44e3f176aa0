"""Send what is due: lease, call with no transaction open, settle, and on with what comes next."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from django.conf import settings
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooClient
from odoo_bridge.models import OdooAccess, OutboxEntry
from odoo_bridge.outbox.due import Queue
from odoo_bridge.outbox.lease import reclaim_expired, take
from odoo_bridge.outbox.outcome import Outcome
from odoo_bridge.outbox.settle import Next, settle_turn
from odoo_bridge.outbox.to_odoo import send
from odoo_bridge.slots import Doing, slot

MOST = 20_000
PATIENCE = dt.timedelta(seconds=100)  # nothing new after this; the task's soft limit is well above
TURN = dt.timedelta(milliseconds=100)  # how long streams go on before others get their turn

CHECKED_FOR = dt.timedelta(milliseconds=20)  # shorter than any call to Odoo

# Sends entries of as many streams; says what became of them, and whether the receiver answers.
Send = Callable[[Sequence[OutboxEntry]], tuple[Outcome, bool]]


def drain(client: OdooClient, access: OdooAccess) -> int:
    """Send to Odoo until nothing is due, it does not answer, or time is up; return how many.

    Nothing is sent while as many others send as may at once.
    """
    with slot(Doing.SENDING, of=settings.OUTBOX_CONCURRENCY) as free:
        return drain_into(partial(send, client=client, access=access)) if free else 0


def drain_into(sink: Send) -> int:
    """Send what is due by ``sink``, which need not be Odoo; return how many entries."""
    started = timezone.now()
    reclaim_expired(started)
    queue, sent = Queue(), 0
    while sent < MOST and timezone.now() - started <= PATIENCE:
        now = timezone.now()
        streams = queue.next(now)
        # Asked last: who has nothing to send leaves the breaker's one probe to others.
        if not streams or breaker.holds_writes() or not breaker.may_call(now):
            return sent
        entries = take(streams, now)
        queue.pass_over(set(streams) - {entry.stream_id for entry in entries})
        count, answers = take_turn(entries, sink)
        sent += count
        if not answers:
            return sent
    return sent


def take_turn(entries: list[OutboxEntry], sink: Send) -> tuple[int, bool]:
    """Send these and, for a short while, what follows them in their streams.

    Return how many were sent, and whether the receiver answers.
    """
    began = checked = timezone.now()
    sent, answers = 0, True
    while entries:
        outcome, answers = sink(entries)
        sent += len(entries)
        goes_on = answers and (now := timezone.now()) - began <= TURN
        if goes_on and now - checked > CHECKED_FOR:
            checked, goes_on = now, not is_stopped()
        # Many go on as many, in one call; one goes on with whatever its stream holds.
        batch = entries[0].command if len(entries) > 1 else ""
        entries = settle_turn(outcome, Next(batch) if goes_on else None)
    return sent, answers


def is_stopped() -> bool:
    """Say whether somebody else found that nothing may be sent now."""
    return breaker.holds_writes() or breaker.is_open()
