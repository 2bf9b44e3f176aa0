"""Purchases as Odoo has them now: found by our names, and mirrored with all that hangs on them."""

import uuid
from collections.abc import Collection, Sequence

from odoo_bridge.commands import PurchaseCommand
from odoo_bridge.models import PurchaseOrder, PurchaseOrderLine
from odoo_bridge.outbox.named import named
from odoo_bridge.outbox.seen import Seen
from odoo_bridge.outbox.sending import Leased
from odoo_bridge.outbox.steps import Row, made, row_of, rows_of
from odoo_bridge.sync.specs import MOVE, PICKING, PURCHASE_ORDER, PURCHASE_ORDER_LINE

ORDER, LINE = "purchase.order", "purchase.order.line"
LINE_KIND = "purchase_line"
OPEN = ("draft", "sent")
CALLED = "The purchase"


class SeenPurchases(Seen):
    """Purchases."""

    line = PurchaseOrderLine
    specs = (
        (PICKING, "pickings"),
        (MOVE, "moves"),
        (PURCHASE_ORDER, "orders"),
        (PURCHASE_ORDER_LINE, "lines"),
    )


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


def see(odoo: Leased, ids: Sequence[int]) -> SeenPurchases:
    """Read orders with their lines."""
    orders = rows_of(odoo, PURCHASE_ORDER, ids)
    line_ids = [line for order in orders for line in order["order_line"]]
    return SeenPurchases(odoo, orders, rows_of(odoo, PURCHASE_ORDER_LINE, line_ids))


def see_all_of(odoo: Leased, odoo_id: int) -> SeenPurchases:
    """Read an order with its lines, its transfers and their moves."""
    seen = see(odoo, [odoo_id])
    pickings = rows_of(odoo, PICKING, [one for row in seen.orders for one in row["picking_ids"]])
    moves = rows_of(odoo, MOVE, [one for row in pickings for one in row["move_ids"]])
    return SeenPurchases(odoo, seen.orders, seen.lines, pickings, moves)


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
