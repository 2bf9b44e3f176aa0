"""``ConfirmPurchase`` and ``CancelPurchase``."""

from collections.abc import Callable

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import CancelPurchase, ConfirmPurchase
from odoo_bridge.outbox.purchases import ORDER, order_id, order_row, see_all_of
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true

ORDERED = ("purchase", "to approve")


def confirm_purchase(command: ConfirmPurchase, odoo: Sending) -> Callable[[], None]:
    """Confirm the order; the mirrors show its transfers, or that Odoo wants it approved.

    :raises OdooRejected: it was cancelled, or Odoo said no.
    """
    odoo_id, step = order_id(command), f"{ORDER}.button_confirm"

    def call(row: Row) -> None:
        if row["state"] == "cancel":
            raise OdooRejected(f"Purchase {row['name']} was cancelled in Odoo.", step)
        odoo.write(ORDER, "button_confirm", repeat=Repeat.AT_ONCE, ids=[odoo_id])

    make_true(
        lambda: order_row(odoo, odoo_id), lambda row: row["state"] in ORDERED, call, step=step
    )
    return see_all_of(odoo, odoo_id).store


def cancel_purchase(command: CancelPurchase, odoo: Sending) -> Callable[[], None]:
    """Cancel the order with what was still to come; what came stays.

    :raises OdooRejected: Odoo said no: it is locked, or billed.
    """
    odoo_id = order_id(command)
    make_true(
        lambda: order_row(odoo, odoo_id),
        lambda row: row["state"] == "cancel",
        lambda _row: odoo.write(ORDER, "button_cancel", repeat=Repeat.AT_ONCE, ids=[odoo_id]),
        step=f"{ORDER}.button_cancel",
    )
    return see_all_of(odoo, odoo_id).store
