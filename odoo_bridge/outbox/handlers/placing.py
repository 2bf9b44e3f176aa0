"""What orders of either kind have in common when they are made, many of them in one call."""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence

from odoo_bridge.client import Cell
from odoo_bridge.outbox.handlers.creation import Ids, StoreMore
from odoo_bridge.outbox.seen import Seen
from odoo_bridge.outbox.sending import Leased

NamedLines = Callable[[Leased, Sequence[int], Collection[uuid.UUID]], dict[uuid.UUID, int]]


def with_lines(own: Sequence[Cell], lines: Iterable[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Return the order with its first line, and a row for each line more."""
    empty: list[Cell] = [None] * len(own)
    return [[*(empty if number else own), *line] for number, line in enumerate(lines)]


def looking(
    see: Callable[[Leased, Sequence[int]], Seen], named_lines: NamedLines
) -> Callable[[Leased, Ids], StoreMore]:
    """Return how to look at orders that were made: with their lines by our names.

    It asks Odoo three times, however many orders there are.
    """

    def look(odoo: Leased, ids: Ids) -> StoreMore:
        seen = see(odoo, list(ids.values()))
        promised = seen.line.objects.filter(order__uuid__in=ids, odoo_id=None)
        keys = list(promised.values_list("uuid", "order__uuid"))
        lines = [row["id"] for row in seen.lines]
        born = named_lines(odoo, lines, [line for line, _order in keys])

        def store(settled: Collection[uuid.UUID]) -> None:
            ours = {odoo_id for key, odoo_id in ids.items() if key in settled}
            mine = {line: born[line] for line, order in keys if order in settled and line in born}
            seen.only(ours, born=mine).store()

        return store

    return look
