"""A person decides what was changed here and in Odoo."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from odoo_bridge.errors import NotAllChosen
from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.outbox.enqueue import DRAIN
from odoo_bridge.outbox.handlers import CHANGES
from odoo_bridge.outbox.states import move
from odoo_bridge.services.waiting_entry import waiting_entry
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core import jobs
from portal.core.changes import touch

State, Choice = OutboxEntry.State, Conflict.Choice
TOOK_THEIRS = "Took what Odoo has."


@transaction.atomic
def resolve_conflict(
    *, entry_id: int, choices: Mapping[int, Conflict.Choice], by: User
) -> OutboxEntry:
    """Send what the person keeps; drop the entry where nothing is left of it.

    What the person saw of Odoo is what the entry starts from now: if Odoo has changed once more,
    that is another conflict.

    :param choices: by the keys of the conflicts.
    :raises EntryMovedOn: it is in conflict no more.
    :raises NotAllChosen: a conflict has no choice, perhaps since it was found later.
    """
    entry = waiting_entry(entry_id, State.CONFLICT)
    found = open_conflicts(entry)
    if {conflict.pk for conflict in found} - choices.keys():
        raise NotAllChosen("Choose for each of these what shall stand.")
    now = timezone.now()
    for conflict in found:
        close(conflict, Choice(choices[conflict.pk]), by=by, now=now)
    settle_choices(entry, found, now)
    chosen = {conflict.key: conflict.choice for conflict in found}
    record(by=by, what="outbox conflict resolved", target=entry, new=chosen)
    touch("sync")
    jobs.wake(DRAIN)
    return entry


def open_conflicts(entry: OutboxEntry) -> list[Conflict]:
    """Return what a person must still decide about a locked entry."""
    return list(Conflict.objects.filter(entry=entry, choice="").order_by("pk"))


def close(conflict: Conflict, choice: Conflict.Choice, *, by: User, now: dt.datetime) -> None:
    """Note who chose what."""
    conflict.choice, conflict.resolved_by, conflict.resolved_at = choice, by, now
    conflict.save(update_fields=["choice", "resolved_by", "resolved_at"])


def settle_choices(entry: OutboxEntry, found: Sequence[Conflict], now: dt.datetime) -> None:
    """Let the entry be what the choices leave of it."""
    changing = CHANGES[entry.command]
    for conflict in found:
        entry.base |= conflict.theirs
        if conflict.choice == Choice.MINE:
            entry.payload = changing.kept(entry.payload, conflict.mine)
        else:
            entry.payload = changing.given_up(entry.payload, conflict.theirs)
    if changing.is_empty(entry.payload):
        move(entry, State.DROPPED)
        entry.note, entry.settled_at = TOOK_THEIRS, now
    else:
        move(entry, State.QUEUED)
        entry.attempts, entry.deaths, entry.not_before = 0, 0, now
    entry.save()
