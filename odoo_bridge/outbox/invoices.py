"""The invoices of an order: there, and posted."""

from typing import Any

from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, has, make_true, row_of, rows_of
from odoo_bridge.sync.specs import INVOICE, SALE_ORDER

WIZARD = "sale.advance.payment.inv"
Bill = tuple[Row, list[Row]]


def bill(order_id: int, odoo: Sending) -> Bill:
    """Post the drafts that are there, invoice what they lack, and post that; return what there is.

    :raises OdooRejected: Odoo does not want to.
    """
    seen = post_drafts(order_id, odoo)
    if not to_invoice(seen):
        return seen
    make_true(
        lambda: order_with_invoices(order_id, odoo),
        lambda seen: bool(drafts(seen)) or not to_invoice(seen),
        lambda _: make_invoice(order_id, odoo),
        step=f"{WIZARD}.create_invoices",
    )
    return post_drafts(order_id, odoo)


def post_drafts(order_id: int, odoo: Sending) -> Bill:
    """Post the order's draft invoices, those that a person made too."""
    return make_true(
        lambda: order_with_invoices(order_id, odoo),
        lambda seen: not drafts(seen),
        lambda seen: odoo.write(
            "account.move", "action_post", repeat=Repeat.AT_ONCE, ids=drafts(seen)
        ),
        step="account.move.action_post",
    )


def order_with_invoices(order_id: int, odoo: Sending) -> Bill:
    """Return the order and its invoices and credit notes, as their mirrors want them."""
    order = row_of(odoo, SALE_ORDER, order_id, called="The order")
    return order, rows_of(odoo, INVOICE, order["invoice_ids"])


def drafts(seen: Bill) -> list[int]:
    """Return the ids of the invoices that are not posted yet."""
    kind = {"move_type": "out_invoice", "state": "draft"}
    return [row["id"] for row in seen[1] if has(row, kind)]


def to_invoice(seen: Bill) -> bool:
    """Say whether the order holds something that is to be invoiced now."""
    return bool(seen[0]["invoice_status"] == "to invoice")


def make_invoice(order_id: int, odoo: Sending) -> Any:
    """Let Odoo make an invoice of all that can be invoiced now."""
    context = {"active_model": "sale.order", "active_id": order_id, "active_ids": [order_id]}
    # The wizard is only a form: one too many is swept away by Odoo.
    [wizard] = odoo.write(
        WIZARD,
        "create",
        repeat=Repeat.FREELY,
        vals_list=[{"advance_payment_method": "delivered", "sale_order_ids": [[6, 0, [order_id]]]}],
        context=context,
    )
    return odoo.write(WIZARD, "create_invoices", repeat=Repeat.LATE, ids=[wizard], context=context)
