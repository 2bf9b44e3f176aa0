"""``PlacePurchase``: order and lines in one call, however many orders share it."""

import uuid
from collections.abc import Callable, Sequence

from odoo_bridge.client import Cell, OdooRejected
from odoo_bridge.commands import (
    AddPurchaseLine,
    PlacePurchase,
    PurchaseItem,
    RemovePurchaseLine,
)
from odoo_bridge.models import PurchaseOrder
from odoo_bridge.outbox.handlers.creation import Creation, Named
from odoo_bridge.outbox.handlers.placing import looking, with_lines
from odoo_bridge.outbox.purchases import (
    LINE,
    LINE_KIND,
    OPEN,
    ORDER,
    line_id,
    named_lines,
    order_id,
    order_row,
    see,
)
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true

OF_ORDER = ("partner_id/.id", "currency_id/.id", "partner_ref")
OF_LINE = (
    "product_id/.id",
    "product_uom_id/.id",
    "product_qty",
    "price_unit",
    "discount",
    "date_planned",
    "sequence",
)


def cells_of(item: PurchaseItem) -> Sequence[Cell]:
    """Return what a line orders. All of it: what was left out Odoo would reckon by itself."""
    return [
        item.product_odoo_id,
        item.unit_odoo_id,
        item.quantity,
        item.price,
        item.discount,
        item.planned_at,
        item.position,
    ]


def rows_of_order(command: PlacePurchase, named: Named) -> Sequence[Sequence[Cell]]:
    """Return the order with its first line, and a row for each line more."""
    own: list[Cell] = [command.vendor_odoo_id, command.currency_odoo_id, command.reference]
    lines = [(named(LINE_KIND, one.line_uuid), *cells_of(one)) for one in command.items]
    return with_lines(own, lines)


PURCHASE = Creation[PlacePurchase](
    model=ORDER,
    columns=(*OF_ORDER, "order_line/id", *(f"order_line/{name}" for name in OF_LINE)),
    rows=rows_of_order,
    kind="purchase",
    key=lambda command: command.purchase_uuid,
    mirror=PurchaseOrder,
    look=looking(see, named_lines),
)


def add_purchase_line(command: AddPurchaseLine, odoo: Sending) -> Callable[[], None]:
    """Add the line, unless it is there, to an order that is still open.

    :raises OdooRejected: somebody confirmed or cancelled the order meanwhile.
    """
    order, key = order_id(command), command.item.line_uuid

    def there() -> tuple[Row, dict[uuid.UUID, int]]:
        row = order_row(odoo, order)
        return row, named_lines(odoo, row["order_line"], [key])

    def call(seen: tuple[Row, dict[uuid.UUID, int]]) -> None:
        refuse_unless_open(seen[0], step=f"{LINE}.load")
        name = odoo.external_id(LINE_KIND, key)
        odoo.create(LINE, ("order_id/.id", *OF_LINE), (name, order, *cells_of(command.item)))

    _row, born = make_true(there, lambda seen: key in seen[1], call, step=f"{LINE}.load")
    return see(odoo, [order]).only([order], born=born).store


def remove_purchase_line(command: RemovePurchaseLine, odoo: Sending) -> Callable[[], None]:
    """Remove the line, unless it is gone, from an order that is still open.

    :raises OdooRejected: somebody confirmed or cancelled the order meanwhile.
    """
    order, line = order_id(command), line_id(command.line_uuid)

    def call(row: Row) -> None:
        refuse_unless_open(row, step=f"{LINE}.unlink")
        odoo.write(LINE, "unlink", repeat=Repeat.AT_ONCE, ids=[line])

    make_true(
        lambda: order_row(odoo, order),
        lambda row: line not in row["order_line"],
        call,
        step=f"{LINE}.unlink",
    )
    return see(odoo, [order]).store


def refuse_unless_open(order: Row, *, step: str) -> None:
    """:raises OdooRejected: the order was confirmed or cancelled in Odoo."""
    if order["state"] not in OPEN:
        was = "cancelled" if order["state"] == "cancel" else "confirmed"
        raise OdooRejected(f"Purchase {order['name']} was {was} in Odoo.", step)
