"""What becomes of an entry after it was sent: one transaction, and only for who has the fence."""

import datetime as dt
import random

from django.conf import settings
from django.db import transaction

from odoo_bridge.client import (
    OdooError,
    OdooOverloaded,
    OdooUnavailable,
    OutcomeUnknown,
)
from odoo_bridge.models import OutboxEntry, Stream
from odoo_bridge.outbox.handlers import Acknowledgement
from odoo_bridge.outbox.lease import in_doubt
from odoo_bridge.outbox.states import move
from portal.core.changes import touch

State = OutboxEntry.State
PAUSES = (2, 5, 15, 40, 120)  # seconds, after the first, second … failure


@transaction.atomic
def settle_done(entry: OutboxEntry, acknowledgement: Acknowledgement, now: dt.datetime) -> bool:
    """Odoo has done it: store what it said and end the entry, together or not at all."""
    if not _release(entry):
        return False
    acknowledgement()
    move(entry, State.DONE)
    entry.settled_at, entry.last_error, entry.failed_step, entry.in_flight = now, "", "", ""
    entry.save()
    touch("sync")
    return True


@transaction.atomic
def settle_failed(entry: OutboxEntry, error: OdooError, now: dt.datetime) -> bool:
    """Odoo has not, or not surely, done it: the error's type says what that means.

    An outage does not count as an attempt. What is over its attempts waits for a person.
    """
    if not _release(entry):
        return False
    entry.refresh_from_db(fields=["sent_at", "in_flight", "repeat"])
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
        move(entry, State.PARKED)
    entry.save()
    touch("sync")
    return True


def _again(entry: OutboxEntry, error: OdooError, *, at: dt.datetime) -> None:
    _explain(entry, error)
    move(entry, State.QUEUED)
    entry.not_before = at


def _explain(entry: OutboxEntry, error: OdooError) -> None:
    entry.last_error, entry.failed_step = error.reason, error.call or entry.in_flight


def _release(entry: OutboxEntry) -> bool:
    """Give the stream back; ``False`` when somebody else has it, who will settle the entry."""
    return bool(
        Stream.objects.filter(pk=entry.stream_id, fence=entry.fence).update(leased_until=None)
    )
