"""The invoices of an order: there, and posted."""

import datetime as dt
from typing import Any

from odoo_bridge.client import OdooRejected
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, has, make_true, row_of, rows_of
from odoo_bridge.sync.specs import INVOICE, SALE_ORDER

WIZARD = "sale.advance.payment.inv"
CREATE_INVOICES = f"{WIZARD}.create_invoices"
DRAFT = {"move_type": "out_invoice", "state": "draft"}
CREDITED = (
    "has a credit note, and Odoo would bill again what was refunded. Bill in Odoo what is due and "
    "try again, or drop this if nothing is."
)
Bill = tuple[Row, list[Row]]


def bill(order_id: int, day: dt.date, odoo: Sending) -> Bill:
    """Post the drafts that are there, invoice what they lack, and post that; return what there is.

    Every invoice posted here has the day as its date, unless a person gave it another one.

    A credit note makes Odoo count what was refunded as still to be invoiced, from the moment that
    it is a draft. So beside one nothing is invoiced by itself, not even what was never refunded:
    only a person knows which is which.

    :raises OdooRejected: Odoo does not want to, or the office must decide beside a credit note.
    """
    seen = post_drafts(order_id, day, odoo)
    if not to_invoice(seen):
        return seen
    make_true(
        lambda: order_with_invoices(order_id, odoo),
        lambda seen: bool(drafts(seen)) or not to_invoice(seen),
        lambda seen: make_invoice(seen, odoo),
        step=CREATE_INVOICES,
    )
    return post_drafts(order_id, day, odoo)


def post_drafts(order_id: int, day: dt.date, odoo: Sending) -> Bill:
    """Post the order's draft invoices, those that a person made too."""

    def call(seen: Bill) -> Any:
        give_date(drafts(seen), day, odoo)
        return odoo.write("account.move", "action_post", repeat=Repeat.AT_ONCE, ids=drafts(seen))

    return make_true(
        lambda: order_with_invoices(order_id, odoo),
        lambda seen: not drafts(seen),
        call,
        step="account.move.action_post",
    )


def give_date(invoice_ids: list[int], day: dt.date, odoo: Sending) -> None:
    """Date the invoices that have no date: Odoo would take the day of the posting, in UTC."""
    make_true(
        lambda: [row["id"] for row in rows_of(odoo, INVOICE, invoice_ids) if is_undated(row)],
        lambda undated: not undated,
        lambda undated: odoo.write(
            "account.move",
            "write",
            repeat=Repeat.AT_ONCE,
            ids=undated,
            vals={"invoice_date": day},
        ),
        step="account.move.write",
    )


def order_with_invoices(order_id: int, odoo: Sending) -> Bill:
    """Return the order and its invoices and credit notes, as their mirrors want them."""
    order = row_of(odoo, SALE_ORDER, order_id, called="The order")
    return order, rows_of(odoo, INVOICE, order["invoice_ids"])


def drafts(seen: Bill) -> list[int]:
    """Return the ids of the invoices that are not posted yet."""
    return [row["id"] for row in seen[1] if has(row, DRAFT)]


def is_undated(row: Row) -> bool:
    """Say whether this is still a draft, and nobody has given it a date."""
    return has(row, DRAFT) and not row["invoice_date"]


def has_credit_note(seen: Bill) -> bool:
    """Say whether something of the order was refunded, or is about to be."""
    return any(row["move_type"] == "out_refund" and row["state"] != "cancel" for row in seen[1])


def to_invoice(seen: Bill) -> bool:
    """Say whether the order holds something that is to be invoiced now."""
    return bool(seen[0]["invoice_status"] == "to invoice")


def make_invoice(seen: Bill, odoo: Sending) -> Any:
    """Let Odoo make an invoice of all that can be invoiced now.

    :raises OdooRejected: that could be what was refunded.
    """
    order_id = seen[0]["id"]
    if has_credit_note(seen):
        raise OdooRejected(f"Order {seen[0]['name']} {CREDITED}", CREATE_INVOICES)
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
