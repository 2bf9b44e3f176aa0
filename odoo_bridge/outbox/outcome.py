"""What became of the entries of one turn, before it is stored."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

from odoo_bridge.client import OdooBroken, OdooError
from odoo_bridge.merge.three_way import Conflict
from odoo_bridge.models import OutboxEntry

# Out of time, or out of luck with PostgreSQL: the lease expires, and somebody looks.
NO_BUG = (SoftTimeLimitExceeded, OperationalError, InterfaceError)
Acknowledgement = Callable[[], None]
AcknowledgeAll = Callable[[Sequence[OutboxEntry]], None]


def nothing_to_store(_entries: Sequence[OutboxEntry]) -> None:
    """Acknowledge entries of which the portal keeps nothing."""


class ChangedInOdoo(Exception):
    """What a command would change was changed in Odoo meanwhile, and differently.

    Whoever raises it has written nothing to Odoo that the command is still to do. ``changed_by``
    and ``changed_at`` are of the last who wrote the record there.
    """

    def __init__(
        self, conflicts: Sequence[Conflict], *, changed_by: str, changed_at: dt.datetime | None
    ) -> None:
        super().__init__(", ".join(one.key for one in conflicts))
        self.conflicts = conflicts
        self.changed_by = changed_by
        self.changed_at = changed_at


@dataclass(frozen=True)
class Outcome:
    """The entries that were done, those that were not, and those that a person must decide about.

    An entry that is in none of the lists belongs to another worker by now. ``acknowledge`` stores
    what Odoo said of those of ``done`` that it is given: not all may still be ours to settle.
    """

    done: Sequence[OutboxEntry] = ()
    acknowledge: AcknowledgeAll = nothing_to_store
    failed: Sequence[tuple[OutboxEntry, OdooError]] = field(default=())
    in_conflict: Sequence[tuple[OutboxEntry, ChangedInOdoo]] = field(default=())

    @property
    def entries(self) -> list[OutboxEntry]:
        """All that are to be settled."""
        not_done = [entry for entry, _why in (*self.failed, *self.in_conflict)]
        return [*self.done, *not_done]

    def only(self, entry: OutboxEntry) -> "Outcome":
        """The same, of one of the entries."""
        return replace(
            self,
            done=[one for one in self.done if one.pk == entry.pk],
            failed=[(one, error) for one, error in self.failed if one.pk == entry.pk],
            in_conflict=[(one, found) for one, found in self.in_conflict if one.pk == entry.pk],
        )


def is_done(entry: OutboxEntry, acknowledgement: Acknowledgement) -> Outcome:
    """The outcome of one entry that was done."""
    return Outcome(done=[entry], acknowledge=lambda _entries: acknowledgement())


def has_failed(error: OdooError, *entries: OutboxEntry) -> Outcome:
    """The outcome of entries that were not done for one reason."""
    return Outcome(failed=[(entry, error) for entry in entries])


def a_bug(bug: Exception) -> OdooError:
    """What a bug of ours means: it may pass, it is seen, and it says nothing of Odoo."""
    return OdooBroken(f"A bug of the portal: {type(bug).__name__}.")
