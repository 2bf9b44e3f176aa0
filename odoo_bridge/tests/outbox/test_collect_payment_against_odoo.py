"""Money in a real Odoo: posted once, and matched with what is open."""

import uuid
from decimal import Decimal

import pytest
from django.db import transaction

from odoo_bridge.models import Invoice, OutboxEntry, Payment
from odoo_bridge.outbox.acknowledge import acknowledge
from odoo_bridge.selectors.money import amounts_to_collect
from odoo_bridge.sync import specs
from odoo_bridge.sync.poll import poll

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


@pytest.fixture
def sell_and_collect(yard, send, promised_payment):
    """Deliver and collect; return what was sold, and the payment as our mirror has it."""

    def sell(amount=None, **values):
        [sold] = yard.sold(**values)
        entries = send(sold.complete())
        payment = promised_payment(sold, amount)
        entries += send()
        assert {entry.state for entry in entries} == {"DONE"}
        payment.refresh_from_db()
        return sold, payment

    return sell


def test_the_money_is_posted_matched_and_noted(yard, sell_and_collect, send_again):
    sold, payment = sell_and_collect()

    [found] = yard.payments(payment.uuid)
    assert (found["amount"], found["is_reconciled"], found["date"]) == (400, True, "2026-11-23")
    assert found["state"] in {"in_process", "paid"}
    assert found["memo"] == f"{sold.name} {payment.uuid}"
    assert yard.ours("payment", payment.uuid) == [found["id"]] == [payment.odoo_id]
    [invoice] = yard.invoices(sold)
    assert (invoice["payment_state"], invoice["amount_residual"]) == ("paid", 0)
    [note] = yard.notes(sold, "collected by")
    assert "400.00 USD collected by Dale &lt;3, 2026-11-23." in note["body"]
    assert note["notification_ids"] == []
    assert send_again() == []
    assert yard.payments(payment.uuid) == [found]
    assert len(yard.notes(sold, "collected by")) == 1


def test_payment_and_invoice_change_in_the_mirrors_together(yard, sell_and_collect):
    sold, payment = sell_and_collect("150.25")

    assert (payment.is_reconciled, payment.order.odoo_id) == (True, sold.order)
    assert payment.journal_odoo_id == yard.payments(payment.uuid)[0]["journal_id"]
    assert Invoice.objects.get().residual == Decimal("249.75")
    assert amounts_to_collect([payment.order_id]) == {payment.order_id: Decimal("249.75")}


def test_a_part_pays_a_part_and_the_rest_pays_the_rest(
    yard, sell_and_collect, send, promised_payment
):
    sold, _ = sell_and_collect("150.25")

    rest = promised_payment(sold, "249.75")
    send()

    [invoice] = yard.invoices(sold)
    assert (invoice["payment_state"], invoice["amount_residual"]) == ("paid", 0)
    assert [row["amount"] for row in yard.payments(rest.uuid)] == [249.75]


def test_more_than_is_due_stays_with_the_customer(yard, sell_and_collect, send_again):
    sold, payment = sell_and_collect("450")

    [invoice] = yard.invoices(sold)
    assert (invoice["payment_state"], invoice["amount_residual"]) == ("paid", 0)
    assert payment.is_reconciled is False
    assert amounts_to_collect([payment.order_id]) == {payment.order_id: 0}
    assert send_again() == []


def test_without_an_open_invoice_the_money_is_the_customer_s(yard, send, promised_payment):
    [sold] = yard.sold()
    payment = promised_payment(sold)

    send()

    [found] = yard.payments(payment.uuid)
    assert found["state"] in {"in_process", "paid"}
    assert (found["is_reconciled"], yard.invoices(sold)) == (False, [])
    assert amounts_to_collect([payment.order_id]) == {payment.order_id: 0}


def test_the_oldest_invoice_is_paid_first(yard, send, promised_payment):
    [sold] = yard.sold(product=yard.oak_when_delivered)
    send(sold.complete())
    [old] = yard.invoices(sold)
    more = {"product_id": yard.product(type="service"), "product_uom_qty": 1}
    yard.make("sale.order.line", order_id=sold.order, **more)
    send(sold.complete())

    promised_payment(sold, "450")
    send()

    paid = {row["id"]: row["amount_residual"] for row in yard.invoices(sold)}
    assert len(paid) == 2
    assert paid.pop(old["id"]) == 0
    assert list(paid.values()) == [50]


def test_a_payment_that_was_cancelled_in_odoo_is_for_the_office(
    yard, send, send_again, sell_and_collect
):
    _, payment = sell_and_collect()
    yard.do("account.payment", "action_cancel", [payment.odoo_id])

    entry = OutboxEntry.objects.get(command="CollectPayment")
    OutboxEntry.objects.filter(pk=entry.pk).update(state="QUEUED")
    send()

    entry.refresh_from_db()
    assert (entry.state, entry.failed_step) == ("PARKED", "account.payment.action_post")
    assert entry.last_error.endswith("was cancelled in Odoo.")


def test_delivery_and_money_reach_odoo_in_the_order_of_the_day(yard, send, queue, promised_payment):
    """I3: the invoice that the delivery brings is there when the money comes."""
    [sold] = yard.sold(product=yard.oak_when_delivered)
    entries = queue(sold.plan(uuid.uuid4()), sold.complete())
    payment = promised_payment(sold)

    send()

    for entry in entries:
        entry.refresh_from_db()
    assert [entry.state for entry in entries] == ["DONE", "DONE"]
    [invoice] = yard.invoices(sold)
    assert invoice["payment_state"] == "paid"
    payment.refresh_from_db()
    assert payment.is_reconciled


def test_the_order_of_a_payment_survives_the_poll_that_was_faster(
    yard, sell_and_collect, provisioned_odoo
):
    sold, payment = sell_and_collect()
    Payment.objects.update(odoo_id=None)
    poll(specs.PAYMENT, provisioned_odoo.bot())
    twin = Payment.objects.get(odoo_id=payment.odoo_id)
    assert (twin.order, twin.uuid == payment.uuid) == (None, False)

    with transaction.atomic():
        acknowledge(Payment, payment.uuid, payment.odoo_id)

    mine = Payment.objects.get(odoo_id=payment.odoo_id)
    assert (mine.uuid, mine.order.odoo_id) == (payment.uuid, sold.order)
    assert mine.name == twin.name
