"""``MakePaymentLink``: Odoo's own wizard names the page on which a customer pays by card.

The wizard's row is a passing one, and the page is the same each time: twice does no harm.
"""

from collections.abc import Callable

from odoo_bridge.commands import MakePaymentLink
from odoo_bridge.models import Invoice, PaymentLink
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, row_of, rows_of
from odoo_bridge.sync.specs import INVOICE, SALE_ORDER

WIZARD = "payment.link.wizard"
ALL_PAID = "All that is invoiced is paid."


def make_payment_link(command: MakePaymentLink, odoo: Sending) -> Callable[[], None]:
    """Keep the address, or why there is none: of the first open invoice, else of the order.

    :raises OdooRejected: the order is gone.
    """
    order = row_of(odoo, SALE_ORDER, command.order_odoo_id, called="The order")
    invoices = [row for row in rows_of(odoo, INVOICE, order["invoice_ids"]) if _is_ours(row)]
    payable = [row["id"] for row in invoices if row["amount_residual"] > 0]
    if invoices and not payable:
        return lambda: _keep(command, why=ALL_PAID)
    about = {
        "active_model": "account.move" if payable else "sale.order",
        "active_id": payable[0] if payable else command.order_odoo_id,
    }
    [wizard] = odoo.write(
        WIZARD,
        "create",
        repeat=Repeat.AT_ONCE,
        vals_list=[{"amount": float(command.amount)}],
        context=about,  # by which the wizard finds who pays, in what, and how much at most
    )
    [row] = odoo.read(WIZARD, "read", ids=[wizard], fields=["link", "warning_message"], load=None)
    if why := row["warning_message"]:
        return lambda: _keep(command, why=why)
    return lambda: _keep(command, url=row["link"])


def _is_ours(invoice: Row) -> bool:
    """Say whether the customer owes what it says: it is in the books, and no credit note."""
    wanted = (Invoice.POSTED, Invoice.OUT_INVOICE)
    return (invoice["state"], invoice["move_type"]) == wanted


def _keep(command: MakePaymentLink, *, url: str = "", why: str = "") -> None:
    PaymentLink.objects.filter(uuid=command.link_uuid).update(url=url, why=why)
