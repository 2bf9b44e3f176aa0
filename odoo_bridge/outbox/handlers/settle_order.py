"""``ConfirmOrder`` and ``CancelOrder``."""

from collections.abc import Callable

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import CancelOrder, ConfirmOrder
from odoo_bridge.models import SaleOrder
from odoo_bridge.outbox.orders import ORDER, order_id, order_row, see_all_of
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, rows_of
from odoo_bridge.sync.specs import INVOICE, SALE_ORDER_LINE

CONFIRM, CANCEL, UNLOCK = (f"{ORDER}.action_{name}" for name in ("confirm", "cancel", "unlock"))


def confirm_order(command: ConfirmOrder, odoo: Sending) -> Callable[[], None]:
    """Confirm the order; the mirrors show its transfers.

    :raises OdooRejected: it was cancelled, or Odoo said no.
    """
    odoo_id = order_id(command)

    def call(row: Row) -> None:
        if row["state"] == "cancel":
            raise OdooRejected(f"Order {row['name']} was cancelled in Odoo.", CONFIRM)
        odoo.write(ORDER, "action_confirm", repeat=Repeat.AT_ONCE, ids=[odoo_id])

    make_true(
        lambda: order_row(odoo, odoo_id),
        lambda row: row["state"] == SaleOrder.CONFIRMED,
        call,
        step=CONFIRM,
    )
    return see_all_of(odoo, odoo_id).store


def cancel_order(command: CancelOrder, odoo: Sending) -> Callable[[], None]:
    """Cancel the order with its transfers and drafts of invoices.

    Odoo itself would cancel an order of which something is delivered or invoiced.

    :raises OdooRejected: something of it was delivered or invoiced.
    """
    odoo_id = order_id(command)

    def call(row: Row) -> None:
        refuse_what_has_begun(row, odoo)
        unlock(odoo_id, odoo)
        odoo.write(ORDER, "action_cancel", repeat=Repeat.AT_ONCE, ids=[odoo_id])

    make_true(
        lambda: order_row(odoo, odoo_id), lambda row: row["state"] == "cancel", call, step=CANCEL
    )
    return see_all_of(odoo, odoo_id).store


def refuse_what_has_begun(order: Row, odoo: Sending) -> None:
    """:raises OdooRejected: something of the order was delivered or invoiced."""
    lines = rows_of(odoo, SALE_ORDER_LINE, order["order_line"])
    if any(line["qty_delivered"] > 0 for line in lines):
        raise OdooRejected(
            f"Of order {order['name']} something was delivered. Take it back in Odoo, or end "
            f"there what is left of the order.",
            CANCEL,
        )
    invoices = rows_of(odoo, INVOICE, order["invoice_ids"])
    if posted := [row["name"] for row in invoices if row["state"] == "posted"]:
        raise OdooRejected(
            f"Order {order['name']} is invoiced ({', '.join(posted)}). Refund that in Odoo, and "
            f"cancel the order there.",
            CANCEL,
        )


def unlock(odoo_id: int, odoo: Sending) -> None:
    """Unlock the order: Odoo cancels none that is locked, and can lock each that is confirmed."""
    make_true(
        lambda: order_row(odoo, odoo_id, also={"locked"}),
        lambda row: not row["locked"],
        lambda _row: odoo.write(ORDER, "action_unlock", repeat=Repeat.AT_ONCE, ids=[odoo_id]),
        step=UNLOCK,
    )
