"""``ReceivePurchase``: so much of each line is received, and the rest is still to come.

What was received is told as two figures, so much before and so much now: a second try sees by the
sum that the first one worked, and whoever received the same goods in Odoo is noticed.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import Received, ReceivePurchase
from odoo_bridge.models import Unit
from odoo_bridge.outbox.handlers.complete_delivery import ASK_NOTHING
from odoo_bridge.outbox.purchases import line_id, order_id, order_row, see_all_of
from odoo_bridge.outbox.quantities import is_as_much
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, rows_of
from odoo_bridge.sync.specs import PURCHASE_ORDER_LINE

STEP = "stock.picking.button_validate"
IN_STOCK_MOVES = ("picking_id", "purchase_line_id", "product_id", "product_uom", "product_uom_qty")
Vals = dict[str, Any]


@dataclass(frozen=True)
class Goods:
    """The lines that came, by Odoo's id of the line: what of it, and its row there."""

    order: int
    came: dict[int, Received]

    def are_in(self, rows: dict[int, Row]) -> bool:
        """Say whether all of it is received."""
        return all(is_in(rows[line], one) for line, one in self.came.items())


def receive_purchase(command: ReceivePurchase, odoo: Sending) -> Callable[[], None]:
    """Receive it; the mirrors show what came and the transfers of what is still to come.

    :raises OdooRejected: somebody received of it in Odoo meanwhile, or Odoo wants to know more.
    """
    came = {line_id(one.line_uuid): one for one in command.goods}
    goods = Goods(order=order_id(command), came=came)
    make_true(
        lambda: line_rows(odoo, list(came)),
        goods.are_in,
        lambda rows: take_in(goods, rows, odoo),
        step=STEP,
    )
    return see_all_of(odoo, goods.order).store


def line_rows(odoo: Sending, ids: Sequence[int]) -> dict[int, Row]:
    """Read the lines.

    :raises OdooRejected: one of them is gone.
    """
    rows = {row["id"]: row for row in rows_of(odoo, PURCHASE_ORDER_LINE, ids)}
    if rows.keys() != set(ids):
        raise OdooRejected("What was received is not ordered in Odoo any more.", STEP)
    return rows


def is_in(row: Row, came: Received) -> bool:
    """Say whether a line shows what came as received."""
    return is_as_much(row["qty_received"], came.before + came.quantity)


def take_in(goods: Goods, rows: dict[int, Row], odoo: Sending) -> None:
    """Fill the transfers with what came, and let them be done; Odoo makes one of the rest."""
    order = order_row(odoo, goods.order)
    if order["state"] != "purchase":
        raise OdooRejected(f"Purchase {order['name']} is not confirmed in Odoo.", STEP)
    missing = {line: one for line, one in goods.came.items() if not is_in(rows[line], one)}
    for line, one in missing.items():
        refuse_other_receipts(rows[line], one)
    moves = open_moves(odoo, order["order_line"])
    amounts: dict[int, Decimal] = {}
    for line, one in missing.items():
        of_line = [move for move in moves if move["purchase_line_id"] == line]
        amounts |= shared_out(rows[line], one.quantity, of_line)
    pickings = {move["picking_id"] for move in moves if amounts.get(move["id"])}
    for picking in sorted(pickings):
        inside = [move for move in moves if move["picking_id"] == picking]
        fill(picking, inside, amounts, odoo)
    # Once it has landed, what is still to come waits on another transfer: a second try that does
    # not see it yet, and then looks for the transfers, would receive the same goods by that one.
    odoo.write(
        "stock.picking",
        "button_validate",
        repeat=Repeat.LATE,
        ids=sorted(pickings),
        context=ASK_NOTHING,
    )


def refuse_other_receipts(row: Row, came: Received) -> None:
    """:raises OdooRejected: more or less of the line came than the person had seen."""
    if not is_as_much(row["qty_received"], came.before):
        raise OdooRejected(
            f"Of “{row['name']}” {row['qty_received']:g} are received in Odoo, and "
            f"{came.before.normalize():f} were when this was entered. Look there, and receive "
            f"what is missing.",
            STEP,
        )


def open_moves(odoo: Sending, lines: Sequence[int]) -> list[Row]:
    """Return what is still to come of these lines, the oldest transfer first."""
    rows: list[Row] = odoo.read(
        "stock.move",
        "search_read",
        domain=[
            ["purchase_line_id", "in", list(lines)],
            ["state", "not in", ["done", "cancel"]],
            ["picking_id.picking_type_code", "=", "incoming"],
        ],
        fields=list(IN_STOCK_MOVES),
        order="picking_id, id",
        load=None,
    )
    return rows


def shared_out(row: Row, quantity: Decimal, moves: Sequence[Row]) -> dict[int, Decimal]:
    """Return how much of a line each of its moves brings, the last one whatever is left.

    :raises OdooRejected: no transfer brings it, or one that brings its parts.
    """
    if not moves or any(move["product_id"] != row["product_id"] for move in moves):
        raise OdooRejected(f"No transfer in Odoo brings “{row['name']}” itself.", STEP)
    amounts = {}
    left = quantity
    for number, move in enumerate(moves, start=1):
        demand = Decimal(str(move["product_uom_qty"]))
        ratio = ratio_of(row["product_uom_id"], move["product_uom"])
        share = left if number == len(moves) else min(left, demand / ratio)
        amounts[move["id"]] = share * ratio
        left -= share
    return amounts


def ratio_of(unit: int, other: int) -> Decimal:
    """Return how many of the other unit one of the first is."""
    if unit == other:
        return Decimal(1)
    factors = dict(Unit.objects.filter(odoo_id__in=[unit, other]).values_list("odoo_id", "factor"))
    return factors[unit] / factors[other]


def fill(picking: int, moves: Sequence[Row], amounts: dict[int, Decimal], odoo: Sending) -> None:
    """Say how much of each move came; what did not come stays for the next transfer."""
    came: defaultdict[int, Decimal] = defaultdict(Decimal, amounts)
    vals = [[1, move["id"], quantity_of(came[move["id"]])] for move in moves]
    odoo.write(
        "stock.picking",
        "write",
        repeat=Repeat.AT_ONCE,
        ids=[picking],
        vals={"move_ids": vals},
    )


def quantity_of(came: Decimal) -> Vals:
    """Return what Odoo keeps of a move of which so much came."""
    return {"quantity": float(came), "picked": bool(came)}
