"""``SetDeliveryLine``: the order has our one delivery line, and a person's own word stands.

The line is known by our name for it. Odoo decides about prices: a line that somebody changed or
removed there since we wrote it is not written again before a person has seen that.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from odoo_bridge.client import OdooRejected
from odoo_bridge.client.values import clean_text
from odoo_bridge.commands import OrderItem, SetDeliveryLine
from odoo_bridge.outbox.handlers.place_order import OF_LINE, cells_of
from odoo_bridge.outbox.orders import LINE, LINE_KIND, named_lines, order_id, order_row, see
from odoo_bridge.outbox.quantities import is_as_much
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true
from odoo_bridge.selectors.delivery_lines import written_delivery_line

READ = (
    *("product_id", "product_uom_qty", "price_unit", "discount", "name"),
    *("is_delivery", "qty_invoiced"),
)
STEP = f"{LINE}.write"


@dataclass(frozen=True)
class There:
    """An order as Odoo has it, our delivery line, and those that somebody else put there."""

    order: Row
    line: Row | None
    others: Sequence[Row]


def set_delivery_line(command: SetDeliveryLine, odoo: Sending) -> Callable[[], None]:
    """Make the order's delivery line, or change it; the mirrors show the order with its new total.

    :raises OdooRejected: the order takes none any more, or a person must decide.
    """
    odoo_id, item = order_id(command), command.item
    written = written_delivery_line(odoo.entry.stream, before=odoo.entry.seq)

    def call(there: There) -> None:
        refuse_what_is_over(there)
        refuse_what_people_did(there, written, item, anew=command.anew)
        refuse_other_money(there.order, command.currency, odoo)
        if there.line:
            change(there.line["id"], item, odoo)
        else:
            name = odoo.external_id(LINE_KIND, item.line_uuid)
            row = (name, odoo_id, *cells_of(item, is_delivery=True))
            odoo.create(LINE, ("order_id/.id", *OF_LINE), row)

    make_true(
        lambda: look(odoo_id, item.line_uuid, odoo),
        lambda there: bool(there.line and is_settled(there.line, item, written)),
        call,
        step=STEP,
    )
    return see(odoo, [odoo_id]).store


def look(odoo_id: int, key: uuid.UUID, odoo: Sending) -> There:
    """Read the order with what is charged for its way.

    :raises OdooRejected: the order is gone.
    """
    order = order_row(odoo, odoo_id, also={"locked"})
    rows = odoo.read(
        LINE,
        "search_read",
        domain=[["order_id", "=", odoo_id]],
        fields=list(READ),
        order="id",
        load=None,
    )
    ours = named_lines(odoo, [row["id"] for row in rows], [key]).get(key)
    line = next((row for row in rows if row["id"] == ours), None)
    return There(order, line, [one for one in rows if one["is_delivery"] and one["id"] != ours])


def change(line: int, item: OrderItem, odoo: Sending) -> None:
    """Let our line offer this. With another product Odoo takes the taxes of that one."""
    vals = {
        "product_id": item.product_odoo_id,
        "product_uom_id": item.unit_odoo_id,
        "product_uom_qty": float(item.quantity),
        "price_unit": float(item.price),
        "discount": float(item.discount),
        "name": clean_text(item.description),
    }
    odoo.write(LINE, "write", repeat=Repeat.AT_ONCE, ids=[line], vals=vals)


def is_settled(line: Row, item: OrderItem, written: OrderItem | None) -> bool:
    """Say whether the line charges this; words that a person gave it stay."""
    ours = clean_text(item.description)
    of_people = written is not None and line["name"] not in {clean_text(written.description), ours}
    return charges(line, item) and (of_people or bool(line["name"] == ours))


def charges(line: Row, item: OrderItem) -> bool:
    """Say whether the line asks as much for the same."""
    return line["product_id"] == item.product_odoo_id and all(
        is_as_much(line[name], value)
        for name, value in (
            ("product_uom_qty", item.quantity),
            ("price_unit", item.price),
            ("discount", item.discount),
        )
    )


def refuse_what_is_over(there: There) -> None:
    """:raises OdooRejected: the order takes no other price any more."""
    name, order = there.order["name"], there.order
    if order["state"] == "cancel":
        raise OdooRejected(f"Order {name} was cancelled in Odoo.", STEP)
    if order["locked"]:
        raise OdooRejected(
            f"Order {name} is locked in Odoo. Unlock it there and try this again, or drop this.",
            STEP,
        )
    if order["invoice_status"] == "invoiced" or (there.line and there.line["qty_invoiced"]):
        raise OdooRejected(
            f"Order {name} is invoiced in Odoo already. Bill the delivery there, and drop this.",
            STEP,
        )


def refuse_what_people_did(
    there: There, written: OrderItem | None, item: OrderItem, *, anew: bool
) -> None:
    """:raises OdooRejected: somebody charges the way otherwise, or not at all."""
    name = there.order["name"]
    if there.others:
        other = there.others[0]
        raise OdooRejected(
            f"Order {name} has a delivery line already, made in Odoo: {asked(other)}. Remove that "
            f"one there and try this again, or drop this.",
            STEP,
        )
    if there.line is None:
        if written and not anew:
            raise OdooRejected(
                f"The delivery line of order {name} was removed in Odoo. Drop this; if the "
                f"delivery is charged after all, write its price to the order again.",
                STEP,
            )
    elif written is None or not charges(there.line, written):
        raise OdooRejected(
            f"The delivery line of order {name} was changed in Odoo: it asks "
            f"{asked(there.line)} now. If {item.price:.2f} is right, change it there; then drop "
            f"this.",
            STEP,
        )


def asked(line: Row) -> str:
    """Say what a line asks."""
    return f"{Decimal(str(line['price_unit'])):.2f}"


def refuse_other_money(order: Row, currency: str, odoo: Sending) -> None:
    """:raises OdooRejected: the order is in another currency than the price."""
    domain = [["id", "=", order["currency_id"]]]
    [row] = odoo.read("res.currency", "search_read", domain=domain, fields=["name"])
    if row["name"] != currency:
        raise OdooRejected(
            f"Order {order['name']} is in {row['name']}, and the price was said in {currency}. "
            f"Write it there by hand, and drop this.",
            STEP,
        )
