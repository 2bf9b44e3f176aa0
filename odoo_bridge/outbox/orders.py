"""Orders as Odoo has them now: found by our names, and mirrored with all that hangs on them."""

import uuid
from collections.abc import Collection, Sequence

from odoo_bridge.commands import SaleCommand, TransferCommand
from odoo_bridge.models import Picking, SaleOrder, SaleOrderLine
from odoo_bridge.outbox.named import named
from odoo_bridge.outbox.seen import Seen
from odoo_bridge.outbox.sending import Leased
from odoo_bridge.outbox.steps import Row, made, row_of, rows_of
from odoo_bridge.sync.specs import INVOICE, MOVE, PICKING, SALE_ORDER, SALE_ORDER_LINE

ORDER, LINE = "sale.order", "sale.order.line"
LINE_KIND = "order_line"
CALLED = "The order"


class SeenSales(Seen):
    """Sale orders."""

    line = SaleOrderLine
    specs = (
        (SALE_ORDER, "orders"),
        (SALE_ORDER_LINE, "lines"),
        (PICKING, "pickings"),
        (MOVE, "moves"),
        (INVOICE, "invoices"),
    )


def order_id(command: SaleCommand) -> int:
    """Return the order's id in Odoo.

    :raises OdooRejected: Odoo never made it.
    """
    return made(SaleOrder, command.order_uuid, called=CALLED, step=f"{ORDER}.load")


def transfer_id(command: TransferCommand) -> int:
    """Return the transfer's id in Odoo, which may have come of a split that was promised here.

    :raises OdooRejected: Odoo never made it.
    """
    if command.picking_uuid is None:
        return int(command.picking_odoo_id or 0)
    step = "stock.picking.action_split_transfer"
    return made(Picking, command.picking_uuid, called="The transfer", step=step)


def order_row(odoo: Leased, odoo_id: int, *, also: Collection[str] = ()) -> Row:
    """Read one order.

    :raises OdooRejected: it is gone.
    """
    return row_of(odoo, SALE_ORDER, odoo_id, called=CALLED, also=also)


def see(odoo: Leased, ids: Sequence[int]) -> SeenSales:
    """Read orders with their lines."""
    orders = rows_of(odoo, SALE_ORDER, ids)
    line_ids = [line for order in orders for line in order["order_line"]]
    return SeenSales(odoo, orders, rows_of(odoo, SALE_ORDER_LINE, line_ids))


def see_all_of(odoo: Leased, odoo_id: int) -> SeenSales:
    """Read an order with its lines, its transfers and their moves, and its invoices.

    :raises OdooRejected: it is gone.
    """
    order = order_row(odoo, odoo_id, also={"picking_ids"})
    pickings = rows_of(odoo, PICKING, order["picking_ids"])
    return SeenSales(
        odoo,
        [order],
        rows_of(odoo, SALE_ORDER_LINE, order["order_line"]),
        pickings,
        rows_of(odoo, MOVE, [one for row in pickings for one in row["move_ids"]]),
        rows_of(odoo, INVOICE, order["invoice_ids"]),
    )


def named_lines(
    odoo: Leased, ids: Sequence[int], keys: Collection[uuid.UUID]
) -> dict[uuid.UUID, int]:
    """Return which of these lines of Odoo are those that were promised here under these keys."""
    return named(odoo, LINE, LINE_KIND, ids=ids, keys=keys)
