"""What became of an act on many entries, in people's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from odoo_bridge.models import OutboxEntry
from odoo_bridge.selectors.outbox import DeskEntry, shown


@dataclass(frozen=True)
class BulkAnswer:
    """How many were done, in a sentence, and which were not, each with its reason."""

    sentence: str
    refused: tuple[tuple[DeskEntry, str], ...]
    unnamed: int


def bulk_answer(did: str, number: int, refused: Mapping[int, str]) -> BulkAnswer:
    """Name what was not done, the first hundred of it; three queries at most.

    :param did: such as "tried again".
    """
    entries = shown(OutboxEntry.objects.filter(pk__in=list(refused))) if refused else []
    was = "was" if number == 1 else "were"
    return BulkAnswer(
        sentence=f"{number} {was} {did}." if number else f"None was {did}.",
        refused=tuple((one, refused[one.entry.pk]) for one in entries),
        unnamed=len(refused) - len(entries),
    )
