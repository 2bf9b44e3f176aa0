"""The same act on many entries, each for itself: one that has moved on does not spoil the rest."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models.functions import MD5

from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.services.drop_entry import drop_entry
from odoo_bridge.services.resolve_conflict import resolve_conflict
from odoo_bridge.services.retry_entry import retry_entry
from portal.accounts.models import User
from portal.core.errors import UserFacingError

State = OutboxEntry.State
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Done:
    """How many were done, and why the others were not, by the entry's key."""

    number: int
    refused: dict[int, str]


def parked_ones(chosen: Iterable[int], *, reason: str) -> list[int]:
    """Return the entries that were chosen, and those parked for the reason of this digest, if any.

    The oldest first, two hundred at most. One that was chosen and has moved on is among them, so
    that its refusal is told.
    """
    keys = set(OutboxEntry.objects.filter(pk__in=list(chosen)).values_list("pk", flat=True))
    if reason:
        parked = OutboxEntry.objects.filter(state=State.PARKED)
        same = parked.annotate(digest=MD5("last_error")).filter(digest=reason)
        keys |= set(same.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sorted(keys)[:MOST_AT_ONCE]


def retry_many(entry_ids: Iterable[int], *, by: User) -> Done:
    """Send parked entries once more."""
    return each_alone(entry_ids, lambda pk: retry_entry(entry_id=pk, by=by))


def drop_many(entry_ids: Iterable[int], *, note: str, by: User) -> Done:
    """Give entries up, all with the same note."""
    return each_alone(entry_ids, lambda pk: drop_entry(entry_id=pk, note=note, by=by))


def take_odoos(entry_ids: Collection[int], *, by: User) -> Done:
    """Let what Odoo has stand wherever these entries are in conflict with it."""
    keys = sorted(OutboxEntry.objects.filter(pk__in=entry_ids).values_list("pk", flat=True))
    conflicts = Conflict.objects.filter(entry__in=keys, choice="").values_list("entry", "pk")
    choices: dict[int, dict[int, Conflict.Choice]] = {key: {} for key in keys}
    for entry, conflict in conflicts:
        choices[entry][conflict] = Conflict.Choice.THEIRS
    return each_alone(
        keys[:MOST_AT_ONCE], lambda pk: resolve_conflict(entry_id=pk, choices=choices[pk], by=by)
    )


def each_alone(entry_ids: Iterable[int], act: Callable[[int], object]) -> Done:
    """Do it to each in a transaction of its own; keep the refusals."""
    number, refused = 0, {}
    for pk in entry_ids:
        try:
            act(pk)
        except UserFacingError as refusal:
            refused[pk] = str(refusal)
        else:
            number += 1
    return Done(number, refused)
