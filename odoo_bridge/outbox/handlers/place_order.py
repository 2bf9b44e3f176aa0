"""``PlaceOrder``: order and lines in one call, however many orders share it."""

from collections.abc import Sequence

from odoo_bridge.client import Cell
from odoo_bridge.commands import OrderItem, PlaceOrder
from odoo_bridge.models import SaleOrder
from odoo_bridge.outbox.handlers.creation import Creation, Named
from odoo_bridge.outbox.handlers.placing import looking, with_lines
from odoo_bridge.outbox.orders import LINE_KIND, ORDER, named_lines, see

OF_ORDER = ("partner_id/.id", "partner_shipping_id/.id", "client_order_ref", "commitment_date")
OF_LINE = (
    "product_id/.id",
    "product_uom_id/.id",
    "product_uom_qty",
    "price_unit",
    "discount",
    "name",
    "sequence",
    "is_delivery",
)


def cells_of(item: OrderItem, *, is_delivery: bool) -> Sequence[Cell]:
    """Return what a line offers. All but the taxes: what was left out Odoo reckons by itself."""
    return [
        item.product_odoo_id,
        item.unit_odoo_id,
        item.quantity,
        item.price,
        item.discount,
        item.description,
        item.position,
        is_delivery,
    ]


def rows_of_order(command: PlaceOrder, name_for: Named) -> Sequence[Sequence[Cell]]:
    """Return the order with its first line, and a row for each line more."""
    own: list[Cell] = [
        command.customer_odoo_id,
        command.address_odoo_id,
        command.reference,
        command.promised_at,
    ]
    items = [(item, False) for item in command.items]
    if command.delivery:
        items.append((command.delivery, True))
    lines = [
        (name_for(LINE_KIND, item.line_uuid), *cells_of(item, is_delivery=is_delivery))
        for item, is_delivery in items
    ]
    return with_lines(own, lines)


QUOTATION = Creation[PlaceOrder](
    model=ORDER,
    columns=(*OF_ORDER, "order_line/id", *(f"order_line/{name}" for name in OF_LINE)),
    rows=rows_of_order,
    kind="order",
    key=lambda command: command.order_uuid,
    mirror=SaleOrder,
    look=looking(see, named_lines),
)
