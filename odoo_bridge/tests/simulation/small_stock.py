"""Transfers of the small Odoo: how they are split, and handed each other's moves.

Of goods of which no stock is kept: what a transfer asks for is reserved at once.
"""

from collections.abc import Callable, Mapping
from typing import Any

from odoo_bridge.tests.simulation.small_odoo import Fault, Row, Transaction

PICKING, MOVE = "stock.picking", "stock.move"
LINK, CHANGE = 4, 1
OVER = ("done", "cancel")
NOTHING = "Nothing to split. Fill the quantities you want in a new transfer in the done quantities"
ALL = "Nothing to split, all demand is done. For split you need at least one line not fully"
TOO_MUCH = "Can't split: quantities done can't be above demand"
Body = Mapping[str, Any]


def moves_of(change: Transaction, picking: int) -> list[Row]:
    """Return the moves of a transfer as the transaction sees them, by rising id."""
    seen = {**change.odoo.rows, **change.changes}
    rows = (row for (model, _id), row in seen.items() if model == MOVE and row)
    return sorted((row for row in rows if row["picking_id"] == picking), key=lambda row: row["id"])


def write_moves(change: Transaction, picking: int, commands: list[list[Any]]) -> None:
    """Change moves of a transfer, or let it have those of another one."""
    for how, move, *values in commands:
        if how == CHANGE:
            change.write(MOVE, move, values[0])
        elif how == LINK:
            change.write(MOVE, move, {"picking_id": picking})
        else:
            raise AssertionError(f"the model knows no command {how}")


def action_split_transfer(body: Body, change: Transaction) -> None:
    """Let what is not reserved go on a transfer of its own."""
    [picking] = body["ids"]
    moves = moves_of(change, picking)
    refuse_no_split(moves)
    row = {**change.odoo.rows[PICKING, picking]}
    kept = {name: row[name] for name in ("partner_id", "state")}
    part = change.create(PICKING, {**kept, "backorder_id": picking})
    for move in moves:
        stays, demand = move["quantity"], move["product_uom_qty"]
        if not stays:
            change.write(MOVE, move["id"], {"picking_id": part, "quantity": demand})
        elif stays < demand:
            change.write(MOVE, move["id"], {"product_uom_qty": stays})
            left = {"product_uom_qty": demand - stays, "quantity": demand - stays}
            change.create(MOVE, {"state": "assigned", **left, "picking_id": part})


def refuse_no_split(moves: list[Row]) -> None:
    """:raises Fault: nothing stays, or nothing goes, or more is reserved than is asked for."""
    quantities = [(move["quantity"], move["product_uom_qty"]) for move in moves]
    if all(not stays for stays, _demand in quantities):
        raise refusal(NOTHING)
    if all(stays == demand for stays, demand in quantities):
        raise refusal(ALL)
    if any(stays > demand for stays, demand in quantities):
        raise refusal(TOO_MUCH)


def refusal(message: str) -> Fault:
    return Fault(422, "odoo.exceptions.UserError", message)


def action_cancel(body: Body, change: Transaction) -> bool:
    """Let transfers and their moves be over, also one that has none."""
    for picking in body["ids"]:
        for move in moves_of(change, picking):
            change.write(MOVE, move["id"], {"state": "cancel", "quantity": 0})
        change.write(PICKING, picking, {"state": "cancel"})
    return True


METHODS: dict[str, Callable[[Body, Transaction], Any]] = {
    "action_split_transfer": action_split_transfer,
    "action_cancel": action_cancel,
}
