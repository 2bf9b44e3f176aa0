"""What lies on the trucks otherwise than was ordered, as their drivers found it in the yard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from drivers.selectors.done import Done
from odoo_bridge.models import Move
from scheduling.selectors.jobs import brought


@dataclass(frozen=True)
class LoadedLine:
    """So much of a product instead of that."""

    product: str
    quantity: Decimal
    wanted: Decimal
    unit: str


@dataclass(frozen=True)
class LoadCheck:
    """A run's load where it is another one, or its driver had something to say of it."""

    run_id: int
    lines: list[LoadedLine]
    note: str


def odd_loads(done: Sequence[Done]) -> list[LoadCheck]:
    """Return the last load check of each run that differs; one query."""
    checks = [one for one in done if one.loaded.get("lines") or one.loaded.get("note")]
    keys = {line["move"] for one in checks for line in one.loaded.get("lines") or ()}
    moves = Move.objects.select_related("product").in_bulk(keys)
    return [
        LoadCheck(one.run_id, list(_lines(one, moves)), one.loaded.get("note", ""))
        for one in checks
    ]


def _lines(one: Done, moves: dict[int, Move]) -> Iterable[LoadedLine]:
    for line in one.loaded.get("lines") or ():
        move = moves.get(line["move"])
        if move and move.product:
            product = move.product
            quantity = Decimal(str(line["quantity"]))
            yield LoadedLine(product.name, quantity, brought(move), product.unit)
