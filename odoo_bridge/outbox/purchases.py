"""Purchases as Odoo has them now: found by our names, and mirrored with all that hangs on them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from odoo_bridge.commands import PurchaseCommand
from odoo_bridge.models import PurchaseOrder, PurchaseOrderLine
from odoo_bridge.outbox.acknowledge import acknowledge_all
from odoo_bridge.outbox.named import named
from odoo_bridge.outbox.sending import Leased
from odoo_bridge.outbox.steps import Row, made, row_of, rows_of
from odoo_bridge.sync.specs import MOVE, PICKING, PURCHASE_ORDER, PURCHASE_ORDER_LINE
from odoo_bridge.sync.upsert import upsert

ORDER, LINE = "purchase.order", "purchase.order.line"
LINE_KIND = "purchase_line"
OPEN = ("draft", "sent")
CALLED = "The purchase"


@dataclass(frozen=True)
class Seen:
    """Orders with their lines and, where they were looked for, their transfers.

    ``born`` are the lines that were promised here, by our key.
    """

    odoo: Leased
    orders: list[Row]
    lines: list[Row]
    pickings: Sequence[Row] = ()
    moves: Sequence[Row] = ()
    born: dict[uuid.UUID, int] | None = None

    def store(self) -> None:
        """Mirror them; lines that were promised here are known to Odoo from now on."""
        if self.born:
            acknowledge_all(PurchaseOrderLine, self.born)
        for spec, rows in (  # in the order of SPECS, so that no two readers wait for each other
            (PICKING, self.pickings),
            (MOVE, self.moves),
            (PURCHASE_ORDER, self.orders),
            (PURCHASE_ORDER_LINE, self.lines),
        ):
            if rows:
                upsert(spec, rows, read_at=self.odoo.began_at)


def order_id(command: PurchaseCommand) -> int:
    """Return the order's id in Odoo.

    :raises OdooRejected: Odoo never made it.
    """
    return made(PurchaseOrder, command.purchase_uuid, called=CALLED, step=f"{ORDER}.load")


def line_id(key: uuid.UUID) -> int:
    """Return a line's id in Odoo.

    :raises OdooRejected: Odoo never made it.
    """
    called = "What was ordered here"
    return made(PurchaseOrderLine, key, called=called, step=f"{LINE}.load")


def see(odoo: Leased, ids: Sequence[int]) -> Seen:
    """Read orders with their lines."""
    orders = rows_of(odoo, PURCHASE_ORDER, ids)
    line_ids = [line for order in orders for line in order["order_line"]]
    return Seen(odoo, orders, rows_of(odoo, PURCHASE_ORDER_LINE, line_ids))


def see_all_of(odoo: Leased, odoo_id: int) -> Seen:
    """Read an order with its lines, its transfers and their moves."""
    seen = see(odoo, [odoo_id])
    pickings = rows_of(odoo, PICKING, [one for row in seen.orders for one in row["picking_ids"]])
    moves = rows_of(odoo, MOVE, [one for row in pickings for one in row["move_ids"]])
    return Seen(odoo, seen.orders, seen.lines, pickings, moves)


def order_row(odoo: Leased, odoo_id: int) -> Row:
    """Read one order.

    :raises OdooRejected: it is gone.
    """
    return row_of(odoo, PURCHASE_ORDER, odoo_id, called=CALLED)


def named_lines(
    odoo: Leased, ids: Sequence[int], keys: Collection[uuid.UUID]
) -> dict[uuid.UUID, int]:
    """Return which of these lines of Odoo are those that were promised here under these keys."""
    return named(odoo, LINE, LINE_KIND, ids=ids, keys=keys)
