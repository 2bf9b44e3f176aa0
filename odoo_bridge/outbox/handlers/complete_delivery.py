"""``CompleteDelivery``: the transfer is done, the invoice posted, and a note says who did it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import CompleteDelivery
from odoo_bridge.outbox.invoices import bill
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, note_on, row_of
from odoo_bridge.sync.specs import INVOICE, PICKING, SALE_ORDER
from odoo_bridge.sync.upsert import upsert
from portal.setup.selectors.profile import business_zone

# Each of these is a window that Odoo would open for its user instead of doing it.
ASK_NOTHING = {"skip_sms": True, "skip_backorder": True, "skip_expired": True}


def complete_delivery(command: CompleteDelivery, odoo: Sending) -> Callable[[], None]:
    """Do the transfer, bill the order, and note it; the mirrors show what Odoo has then.

    Invoice and note tell the time of the delivery by the clock of the business. The transfer keeps
    the time at which Odoo did it: to set it back Odoo would change its moves but not their details,
    would not value them anew, and would refuse where that period is closed.
    """
    at = timezone.localtime(command.delivered_at, business_zone())
    picking = validate(command.picking_odoo_id, odoo)
    order, invoices = bill(command.order_odoo_id, at.date(), odoo)
    note_on(
        odoo,
        "sale.order",
        command.order_odoo_id,
        key=odoo.external_id("delivery_note", command.delivery_uuid),
        text=f"Delivered by {command.driver}, {at:%Y-%m-%d %H:%M} ({picking['name']}).",
    )

    def acknowledgement() -> None:
        upsert(SALE_ORDER, [order], read_at=odoo.began_at)
        upsert(PICKING, [picking], read_at=odoo.began_at)
        upsert(INVOICE, invoices, read_at=odoo.began_at)

    return acknowledgement


def validate(picking_id: int, odoo: Sending) -> Row:
    """Let the transfer be done with all that was asked for; return it as Odoo has it then.

    :raises OdooRejected: it was cancelled, or Odoo wants to know more.
    """
    step = "stock.picking.button_validate"

    def call(picking: Row) -> Any:
        if picking["state"] == "cancel":
            raise OdooRejected(f"Transfer {picking['name']} was cancelled in Odoo.", step)
        fill(picking["id"], odoo)
        return odoo.write(
            "stock.picking",
            "button_validate",
            repeat=Repeat.AT_ONCE,
            ids=[picking["id"]],
            context=ASK_NOTHING,
        )

    return make_true(
        lambda: row_of(odoo, PICKING, picking_id, called="The transfer"),
        lambda picking: picking["state"] == "done",
        call,
        step=step,
    )


def fill(picking_id: int, odoo: Sending) -> None:
    """Say that of every product all that was asked for is in the customer's hands."""
    make_true(
        lambda: odoo.read(
            "stock.move",
            "search_read",
            domain=[["picking_id", "=", picking_id], ["state", "not in", ["done", "cancel"]]],
            fields=["product_uom_qty", "quantity", "picked"],
        ),
        lambda moves: all(is_filled(move) for move in moves),
        lambda moves: odoo.write(
            "stock.picking",
            "write",
            repeat=Repeat.AT_ONCE,
            ids=[picking_id],
            vals={"move_ids": [filled(move) for move in moves]},
        ),
        step="stock.picking.write",
    )


def is_filled(move: Row) -> bool:
    """Say whether all that was asked for is on the move, and picked."""
    return bool(move["picked"] and move["quantity"] == move["product_uom_qty"])


def filled(move: Row) -> list[Any]:
    """Return the command with which Odoo changes one line of a record."""
    return [1, move["id"], {"quantity": move["product_uom_qty"], "picked": True}]
