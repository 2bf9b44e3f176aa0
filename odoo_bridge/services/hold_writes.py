"""Hold everything that would be written to Odoo, until a person says that it may go on."""

import datetime as dt

from django.db import transaction

from odoo_bridge.errors import WritesNotHeld
from odoo_bridge.models import Breaker, OutboxEntry, PollCursor, Stream
from odoo_bridge.selectors.stream_records import mirror_of
from odoo_bridge.services.pause_stream import pause_stream
from odoo_bridge.services.read_again import read_from_the_beginning
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch

WHY_PAUSED = "Odoo was restored from a backup and does not know this record any more."


@transaction.atomic
def hold_writes(*, since: dt.datetime | None, now: dt.datetime) -> None:
    """Note that Odoo has forgotten what was written after ``since``, unless that is noted."""
    Breaker.objects.get_or_create(pk=1)
    breaker = Breaker.objects.select_for_update().get()
    if breaker.held_at is not None:
        return
    breaker.held_at, breaker.forgotten_since = now, since
    breaker.save(update_fields=["held_at", "forgotten_since"])
    record(by=None, what="Odoo went back in time: writes held", target=breaker)
    touch("odoo")
    touch("sync")


@transaction.atomic
def let_writes_go_on(*, by: User) -> None:
    """Send again. All mirrors are read from the beginning, to show what Odoo holds now.

    What is promised of a record that Odoo has forgotten is paused: whoever lets it go on, or drops
    it, decides about it.

    :raises WritesNotHeld: somebody else was faster.
    """
    breaker = Breaker.objects.select_for_update().first()
    if breaker is None or breaker.held_at is None:
        raise WritesNotHeld("Nothing is held back: changes go to Odoo.")
    _pause_what_speaks_of_forgotten_records(by)
    read_from_the_beginning(PollCursor.objects.all())
    old = {"held_at": breaker.held_at.isoformat()}
    breaker.held_at = breaker.forgotten_since = None
    breaker.save(update_fields=["held_at", "forgotten_since"])
    record(by=by, what="writes to Odoo go on", target=breaker, old=old)
    touch("odoo")
    touch("sync")


def _pause_what_speaks_of_forgotten_records(by: User) -> None:
    waiting = Stream.objects.filter(entries__state__in=OutboxEntry.OPEN, paused_at=None)
    for stream in waiting.distinct():
        record_of_it = mirror_of(stream)
        if record_of_it and record_of_it.is_forgotten:
            pause_stream(stream_id=stream.pk, why=WHY_PAUSED, by=by)
