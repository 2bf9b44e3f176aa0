"""What became of the entries of one turn, before it is stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from odoo_bridge.client import OdooBroken, OdooError
from odoo_bridge.models import OutboxEntry

Acknowledgement = Callable[[], None]
AcknowledgeAll = Callable[[Sequence[OutboxEntry]], None]


def nothing_to_store(_entries: Sequence[OutboxEntry]) -> None:
    """Acknowledge entries of which the portal keeps nothing."""


@dataclass(frozen=True)
class Outcome:
    """The entries that were done, and those that were not, each with the reason.

    An entry that is in neither list belongs to another worker by now. ``acknowledge`` stores what
    Odoo said of those of ``done`` that it is given: not all may still be ours to settle.
    """

    done: Sequence[OutboxEntry] = ()
    acknowledge: AcknowledgeAll = nothing_to_store
    failed: Sequence[tuple[OutboxEntry, OdooError]] = field(default=())

    @property
    def entries(self) -> list[OutboxEntry]:
        """All that are to be settled."""
        return [*self.done, *(entry for entry, _error in self.failed)]

    def only(self, entry: OutboxEntry) -> "Outcome":
        """The same, of one of the entries."""
        return replace(
            self,
            done=[one for one in self.done if one.pk == entry.pk],
            failed=[(one, error) for one, error in self.failed if one.pk == entry.pk],
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
