"""``PlaceOrder``: order and lines in one call, however many orders share it."""

import uuid
from collections.abc import Collection, Sequence

from odoo_bridge.client import Cell
from odoo_bridge.commands import OrderItem, PlaceOrder
from odoo_bridge.models import SaleOrder, SaleOrderLine
from odoo_bridge.outbox.handlers.creation import Creation, Ids, Named, StoreMore
from odoo_bridge.outbox.named import named
from odoo_bridge.outbox.orders import LINE, LINE_KIND, ORDER, Seen, see
from odoo_bridge.outbox.sending import Leased

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
    empty: list[Cell] = [None] * len(own)
    items = [(item, False) for item in command.items]
    if command.delivery:
        items.append((command.delivery, True))
    lines = [
        (name_for(LINE_KIND, item.line_uuid), *cells_of(item, is_delivery=is_delivery))
        for item, is_delivery in items
    ]
    return [[*(empty if number else own), *line] for number, line in enumerate(lines)]


def look(odoo: Leased, ids: Ids) -> StoreMore:
    """Read what Odoo has made, its lines by our names; three calls, however many orders."""
    promised = SaleOrderLine.objects.filter(order__uuid__in=ids, odoo_id=None)
    keys = list(promised.values_list("uuid", "order__uuid"))
    seen = see(odoo, list(ids.values()))
    lines = [row["id"] for row in seen.lines]
    born = named(odoo, LINE, LINE_KIND, ids=lines, keys=[line for line, _order in keys])

    def store(settled: Collection[uuid.UUID]) -> None:
        ours = {odoo_id for key, odoo_id in ids.items() if key in settled}
        mine = {line: born[line] for line, order in keys if order in settled and line in born}
        Seen(
            odoo,
            [row for row in seen.orders if row["id"] in ours],
            [row for row in seen.lines if row["order_id"] in ours],
            born=mine,
        ).store()

    return store


QUOTATION = Creation[PlaceOrder](
    model=ORDER,
    columns=(*OF_ORDER, "order_line/id", *(f"order_line/{name}" for name in OF_LINE)),
    rows=rows_of_order,
    kind="order",
    key=lambda command: command.order_uuid,
    mirror=SaleOrder,
    look=look,
)
