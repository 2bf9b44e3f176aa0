"""``CollectPayment``: the money is posted once, and pays what is open of the order."""

from collections.abc import Callable
from typing import Any

from odoo_bridge.client import Cell, OdooRejected
from odoo_bridge.commands import CollectPayment
from odoo_bridge.models import Currency, Payment
from odoo_bridge.outbox.acknowledge import acknowledge
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, note_on, row_of, rows_of
from odoo_bridge.sync.specs import INVOICE, PAYMENT, SALE_ORDER
from odoo_bridge.sync.upsert import upsert

POSTED = ("in_process", "paid")
LINE = "account.move.line"


def collect_payment(command: CollectPayment, odoo: Sending) -> Callable[[], None]:
    """Post the payment, pay with it, and note it; payment and invoices are mirrored together."""
    order = row_of(odoo, SALE_ORDER, command.order_odoo_id, called="The order")
    payment_id = enter(command, order["name"], odoo)
    post(command, payment_id, odoo)
    pay(payment_id, order["invoice_ids"], odoo)
    note_on(
        odoo,
        "sale.order",
        command.order_odoo_id,
        key=odoo.external_id("payment_note", command.payment_uuid),
        text=note_text(command),
    )
    payment = row_of(odoo, PAYMENT, payment_id, called="The payment")
    invoices = rows_of(odoo, INVOICE, order["invoice_ids"])

    def acknowledgement() -> None:
        acknowledge(Payment, command.payment_uuid, payment_id)
        upsert(INVOICE, invoices, read_at=odoo.began_at)
        upsert(PAYMENT, [payment], read_at=odoo.began_at)

    return acknowledgement


def enter(command: CollectPayment, order_name: str, odoo: Sending) -> int:
    """Return the id of the payment, made as a draft if it is not there yet."""
    values: dict[str, Cell] = {
        "payment_type": "inbound",
        "partner_type": "customer",
        "partner_id/.id": command.customer_odoo_id,
        "amount": command.amount,
        "currency_id/.id": command.currency_odoo_id,
        "date": command.collected_on,
        "journal_id/.id": odoo.access.cash_journal_id,
        "memo": f"{order_name} {command.payment_uuid}",
    }
    key = odoo.external_id("payment", command.payment_uuid)
    [payment] = odoo.create("account.payment", list(values), (key, *values.values()))
    return payment


def post(command: CollectPayment, payment_id: int, odoo: Sending) -> None:
    """Let the payment be in the books.

    :raises OdooRejected: somebody cancelled it, or Odoo does not want it there.
    """
    step = "account.payment.action_post"

    def call(payment: Row) -> Any:
        if payment["state"] in Payment.VOID:
            called = payment["name"] or command.payment_uuid
            raise OdooRejected(f"Payment {called} was cancelled in Odoo.", step)
        return odoo.write("account.payment", "action_post", repeat=Repeat.AT_ONCE, ids=[payment_id])

    make_true(
        lambda: row_of(odoo, PAYMENT, payment_id, called="The payment"),
        lambda payment: payment["state"] in POSTED,
        call,
        step=step,
    )


def pay(payment_id: int, invoice_ids: list[int], odoo: Sending) -> None:
    """Pay the open invoices with what is left of the payment, the oldest first.

    Without an open invoice the money stays with the customer, as a credit. Twice is no more than
    once: what a payment has paid it has no longer.
    """
    # One by one: of several that are due on one day, Odoo would begin with the smallest.
    for owed in open_lines(odoo, [["move_id", "in", invoice_ids], ["balance", ">", 0]]):
        pay_one(payment_id, owed, odoo)


def pay_one(payment_id: int, owed: int, odoo: Sending) -> None:
    """Pay this line of an invoice, unless it is paid, or nothing is left."""
    make_true(
        lambda: open_lines(odoo, ["|", ["payment_id", "=", payment_id], ["id", "=", owed]]),
        lambda still_open: owed not in still_open or still_open == [owed],
        lambda still_open: odoo.write(LINE, "reconcile", repeat=Repeat.AT_ONCE, ids=still_open),
        step=f"{LINE}.reconcile",
    )


def open_lines(odoo: Sending, domain: list[Any]) -> list[int]:
    """Return the posted receivable lines that are not settled, the oldest due first."""
    of_customers = [["account_id.account_type", "=", "asset_receivable"]]
    still_open = [["parent_state", "=", "posted"], ["reconciled", "=", False]]
    rows = odoo.read(
        LINE,
        "search_read",
        domain=[*domain, *of_customers, *still_open],
        fields=[],
        order="date_maturity, date, id",
    )
    return [row["id"] for row in rows]


def note_text(command: CollectPayment) -> str:
    """Say who took how much, and when."""
    of_ours = Currency.objects.filter(odoo_id=command.currency_odoo_id)
    currency = of_ours.values_list("name", flat=True).first() or ""
    amount = f"{command.amount:,.2f} {currency}".strip()
    return f"{amount} collected by {command.driver}, {command.collected_on:%Y-%m-%d}."
