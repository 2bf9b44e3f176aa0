"""What transfers hold of the stock: no more than there is, and no less than they could."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row

TO_BE_MADE = ["state", "not in", ["done", "cancel"]]
OF_MOVES = ("product_id", "has_tracking", "product_uom_qty", "quantity")
ANEW = {"quantity": 0}


def reserve_anew(odoo: Sending, pickings: Sequence[int], *, at: int) -> None:
    """Let transfers hold what there is in the location, if they hold more or could hold more.

    Lots that somebody has chosen stay chosen.
    """
    moves, free = what_is_held(pickings, odoo, at=at)
    if let_go([move for move in moves if free[move["product_id"]] < 0], odoo):
        moves, free = what_is_held(pickings, odoo, at=at)
    lacking = (move for move in moves if move["quantity"] < move["product_uom_qty"])
    if any(free[move["product_id"]] > 0 for move in lacking):
        odoo.write("stock.picking", "action_assign", repeat=Repeat.AT_ONCE, ids=list(pickings))


def what_is_held(
    pickings: Sequence[int], odoo: Sending, *, at: int
) -> tuple[list[Row], Mapping[int, float]]:
    """Return the open moves, and how much of each of their products nobody holds."""
    moves: list[Row] = odoo.read(
        "stock.move",
        "search_read",
        domain=[["picking_id", "in", list(pickings)], TO_BE_MADE],
        fields=list(OF_MOVES),
        order="id",
        load=None,
    )
    return moves, free_of({move["product_id"] for move in moves}, odoo, at=at)


def free_of(products: Iterable[int], odoo: Sending, *, at: int) -> Mapping[int, float]:
    """Return how much of each product is in the location and held by nobody; negative: too much."""
    rows: list[Row] = odoo.read(
        "stock.quant",
        "search_read",
        domain=[["product_id", "in", sorted(products)], ["location_id", "child_of", at]],
        fields=["product_id", "quantity", "reserved_quantity"],
        load=None,
    )
    free: defaultdict[int, float] = defaultdict(float)
    for row in rows:
        there = free[row["product_id"]] + row["quantity"] - row["reserved_quantity"]
        free[row["product_id"]] = round(there, 4)
    return free


def let_go(moves: Sequence[Row], odoo: Sending) -> bool:
    """Let these moves hold nothing but chosen lots; say whether they held something else.

    A late one would take back what was reserved anew: it is waited for.
    """
    plain = [move["id"] for move in moves if move["has_tracking"] == "none" and move["quantity"]]
    if plain:
        odoo.write("stock.move", "write", repeat=Repeat.LATE, ids=plain, vals=ANEW)
    unnamed = lines_without_lot([move["id"] for move in moves], odoo) if moves else []
    if unnamed:
        odoo.write("stock.move.line", "unlink", repeat=Repeat.LATE, ids=unnamed)
    return bool(plain or unnamed)


def lines_without_lot(moves: Sequence[int], odoo: Sending) -> list[int]:
    """Return what these moves hold of a product that has lots without saying which."""
    of_moves, has_lots = ["move_id", "in", list(moves)], ["tracking", "!=", "none"]
    rows = odoo.read(
        "stock.move.line",
        "search_read",
        domain=[of_moves, has_lots, ["lot_id", "=", False]],
        fields=[],
        order="id",
    )
    return [row["id"] for row in rows]
