"""Orders as Odoo has them now: found by our names, and mirrored with all that hangs on them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from odoo_bridge.commands import SaleCommand
from odoo_bridge.models import SaleOrder, SaleOrderLine
from odoo_bridge.outbox.acknowledge import acknowledge_all
from odoo_bridge.outbox.sending import Leased
from odoo_bridge.outbox.steps import Row, made, row_of, rows_of
from odoo_bridge.sync.specs import INVOICE, MOVE, PICKING, SALE_ORDER, SALE_ORDER_LINE
from odoo_bridge.sync.upsert import upsert

ORDER, LINE = "sale.order", "sale.order.line"
LINE_KIND = "order_line"
CALLED = "The order"


@dataclass(frozen=True)
class Seen:
    """Orders with their lines and, where they were looked for, their transfers and invoices.

    ``born`` are the lines that were promised here, by our key.
    """

    odoo: Leased
    orders: Sequence[Row]
    lines: Sequence[Row]
    pickings: Sequence[Row] = ()
    moves: Sequence[Row] = ()
    invoices: Sequence[Row] = ()
    born: dict[uuid.UUID, int] | None = None

    def store(self) -> None:
        """Mirror them; lines that were promised here are known to Odoo from now on."""
        if self.born:
            acknowledge_all(SaleOrderLine, self.born)
        for spec, rows in (  # in the order of SPECS, so that no two readers wait for each other
            (SALE_ORDER, self.orders),
            (SALE_ORDER_LINE, self.lines),
            (PICKING, self.pickings),
            (MOVE, self.moves),
            (INVOICE, self.invoices),
        ):
            if rows:
                upsert(spec, rows, read_at=self.odoo.began_at)


def order_id(command: SaleCommand) -> int:
    """Return the order's id in Odoo.

    :raises OdooRejected: Odoo never made it.
    """
    return made(SaleOrder, command.order_uuid, called=CALLED, step=f"{ORDER}.load")


def order_row(odoo: Leased, odoo_id: int, *, also: Collection[str] = ()) -> Row:
    """Read one order.

    :raises OdooRejected: it is gone.
    """
    return row_of(odoo, SALE_ORDER, odoo_id, called=CALLED, also=also)


def see(odoo: Leased, ids: Sequence[int]) -> Seen:
    """Read orders with their lines."""
    orders = rows_of(odoo, SALE_ORDER, ids)
    line_ids = [line for order in orders for line in order["order_line"]]
    return Seen(odoo, orders, rows_of(odoo, SALE_ORDER_LINE, line_ids))


def see_all_of(odoo: Leased, odoo_id: int) -> Seen:
    """Read an order with its lines, its transfers and their moves, and its invoices.

    :raises OdooRejected: it is gone.
    """
    order = order_row(odoo, odoo_id, also={"picking_ids"})
    pickings = rows_of(odoo, PICKING, order["picking_ids"])
    return Seen(
        odoo,
        [order],
        rows_of(odoo, SALE_ORDER_LINE, order["order_line"]),
        pickings,
        rows_of(odoo, MOVE, [one for row in pickings for one in row["move_ids"]]),
        rows_of(odoo, INVOICE, order["invoice_ids"]),
    )
