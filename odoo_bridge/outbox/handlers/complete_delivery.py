"""``CompleteDelivery``: the transfer is done, the invoice posted, and a note says who did it.

Of a part, the transfer itself says whether an earlier try worked: it is done once, and the rest
goes to another one.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import CompleteDelivery, Handed
from odoo_bridge.outbox.invoices import bill
from odoo_bridge.outbox.orders import see_all_of, transfer_id
from odoo_bridge.outbox.quantities import is_as_much
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, note_on, row_of, rows_of
from odoo_bridge.sync.specs import INVOICE, MOVE, PICKING, SALE_ORDER
from odoo_bridge.sync.upsert import upsert
from portal.setup.selectors.profile import business_zone

# Each of these is a window that Odoo would open for its user instead of doing it.
ASK_NOTHING = {"skip_sms": True, "skip_backorder": True, "skip_expired": True}
STEP = "stock.picking.button_validate"


def complete_delivery(command: CompleteDelivery, odoo: Sending) -> Callable[[], None]:
    """Do the transfer, bill the order, and note it; the mirrors show what Odoo has then.

    Invoice and note tell the time of the delivery by the clock of the business. The transfer keeps
    the time at which Odoo did it: to set it back Odoo would change its moves but not their details,
    would not value them anew, and would refuse where that period is closed.

    :raises OdooRejected: Odoo said no, or somebody delivered something else by this transfer there.
    """
    at = timezone.localtime(command.delivered_at, business_zone())
    picking = validate(transfer_id(command), command.goods, odoo)
    order, invoices = bill(command.order_odoo_id, at.date(), odoo)
    note_on(
        odoo,
        "sale.order",
        command.order_odoo_id,
        key=odoo.external_id("delivery_note", command.delivery_uuid),
        text=f"Delivered by {command.driver}, {at:%Y-%m-%d %H:%M} ({picking['name']})."
        f"{what_waits(command, picking, odoo)}",
    )
    if command.goods:
        return see_all_of(odoo, command.order_odoo_id).store

    def acknowledgement() -> None:
        upsert(SALE_ORDER, [order], read_at=odoo.began_at)
        upsert(PICKING, [picking], read_at=odoo.began_at)
        upsert(INVOICE, invoices, read_at=odoo.began_at)

    return acknowledgement


def what_waits(command: CompleteDelivery, picking: Row, odoo: Sending) -> str:
    """Say which transfer brings what the customer does not have yet, if a part was told."""
    if not command.goods:
        return ""
    domain = [["backorder_id", "=", picking["id"]]]
    rows = odoo.read("stock.picking", "search_read", domain=domain, fields=["name"], order="id")
    return "".join(f" The rest waits ({row['name']})." for row in rows)


def validate(picking_id: int, goods: Sequence[Handed], odoo: Sending) -> Row:
    """Let the transfer be done with the goods, or all of it; return it as Odoo has it then.

    :raises OdooRejected: it was cancelled or done otherwise, or Odoo wants to know more.
    """
    handed = {one.move_odoo_id: one.quantity for one in goods}

    def call(picking: Row) -> Any:
        if picking["state"] == "cancel":
            raise OdooRejected(f"Transfer {picking['name']} was cancelled in Odoo.", STEP)
        fill(picking, handed, odoo)
        return odoo.write(
            "stock.picking",
            "button_validate",
            repeat=Repeat.AT_ONCE,
            ids=[picking["id"]],
            context=ASK_NOTHING,
        )

    picking = make_true(
        lambda: row_of(odoo, PICKING, picking_id, called="The transfer"),
        lambda picking: picking["state"] == "done",
        call,
        step=STEP,
    )
    if handed:
        refuse_other_goods(picking, handed, odoo)
    return picking


def fill(picking: Row, handed: Mapping[int, Decimal], odoo: Sending) -> None:
    """Say how much of every product is in the customer's hands.

    :raises OdooRejected: something of it is not in the transfer any more.
    """
    domain = [["picking_id", "=", picking["id"]], ["state", "not in", ["done", "cancel"]]]
    fields = ["product_uom_qty", "quantity", "picked"]

    def look() -> list[Row]:
        moves: list[Row] = odoo.read("stock.move", "search_read", domain=domain, fields=fields)
        if handed.keys() - {move["id"] for move in moves}:
            name = picking["name"]
            raise OdooRejected(f"Transfer {name} does not bring all of this any more.", STEP)
        return moves

    make_true(
        look,
        lambda moves: all(is_filled(move, wanted(move, handed)) for move in moves),
        lambda moves: odoo.write(
            "stock.picking",
            "write",
            repeat=Repeat.AT_ONCE,
            ids=[picking["id"]],
            vals={"move_ids": [[1, move["id"], wanted(move, handed)] for move in moves]},
        ),
        step="stock.picking.write",
    )


def wanted(move: Row, handed: Mapping[int, Decimal]) -> Row:
    """Return what Odoo keeps of a move: all that was asked for, unless a part is told."""
    if not handed:
        return {"quantity": move["product_uom_qty"], "picked": True}
    quantity = float(handed.get(move["id"], 0))
    return {"quantity": quantity, "picked": bool(quantity)}


def is_filled(move: Row, values: Row) -> bool:
    """Say whether the move shows this quantity, as picked or not."""
    return move["picked"] == values["picked"] and is_as_much(move["quantity"], values["quantity"])


def refuse_other_goods(picking: Row, handed: Mapping[int, Decimal], odoo: Sending) -> None:
    """:raises OdooRejected: a person did the transfer in Odoo with other quantities."""
    rows = rows_of(odoo, MOVE, picking["move_ids"])
    done = {row["id"]: row["quantity"] for row in rows if row["state"] == "done"}
    if not all(is_as_much(done.get(key, 0), handed.get(key, 0)) for key in {*done, *handed}):
        raise OdooRejected(
            f"Transfer {picking['name']} was done in Odoo with other quantities than those "
            f"delivered here. Correct them there, and drop this.",
            STEP,
        )
