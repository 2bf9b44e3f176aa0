"""What a driver asks for."""

from decimal import Decimal

import pytest

from odoo_bridge.models import OutboxEntry, Payment, PaymentTermLine, SaleOrder
from odoo_bridge.selectors.money import amounts_to_collect, never_made
from odoo_bridge.services.promise_payment import promise_payment
from odoo_bridge.tests.outbox.yard import NOON
from portal.accounts.models import Role
from portal.testing.mirrors import InvoiceFactory, PaymentTermFactory, SaleOrderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return SaleOrderFactory(customer_odoo_id=1, currency_odoo_id=1)


@pytest.fixture
def take(order, person):
    """Take money for the order, as a driver does."""

    def promise(amount):
        return promise_payment(
            order=order,
            amount=Decimal(amount),
            collected_on=NOON.date(),
            driver="Dale",
            by=person(Role.DRIVER),
        )

    return promise


def to_collect(order):
    return amounts_to_collect([order.pk])[order.pk]


def test_the_whole_order_is_due_before_anything_was_paid(order):
    assert to_collect(order) == Decimal(412)


def test_what_an_invoice_shows_as_paid_is_not_asked_for_again(order):
    paid = InvoiceFactory(residual=Decimal("12.50"))
    InvoiceFactory(residual=0)  # of another order
    draft = InvoiceFactory(state="draft", residual=0)
    refund = InvoiceFactory(kind="out_refund", residual=0)
    SaleOrder.objects.update(invoice_ids=[one.odoo_id for one in (paid, draft, refund)])

    assert to_collect(order) == Decimal("12.50")


def test_money_counts_as_taken_from_the_moment_that_the_driver_says_so(order, take):
    take("400.25")

    assert to_collect(order) == Decimal("11.75")


def test_money_is_not_counted_twice_once_odoo_has_matched_it(order, take):
    payment = take("400")
    Payment.objects.filter(pk=payment.pk).update(odoo_id=7, state="paid", is_reconciled=True)
    invoice = InvoiceFactory(residual=12)
    SaleOrder.objects.update(invoice_ids=[invoice.odoo_id])

    assert to_collect(order) == Decimal(12)


def test_too_much_is_no_debt_of_ours(order, take):
    take("500")

    assert to_collect(order) == 0


@pytest.mark.parametrize("state", Payment.VOID)
def test_a_payment_that_was_cancelled_in_odoo_was_never_made(order, take, state):
    take("400")
    Payment.objects.update(odoo_id=7, state=state)

    assert to_collect(order) == Decimal(412)


def test_a_payment_that_the_office_dropped_was_never_made(order, take):
    take("400")
    take("12")
    entry = OutboxEntry.objects.order_by("seq").first()
    OutboxEntry.objects.filter(pk=entry.pk).update(state="DROPPED", note="Counted twice.")

    assert to_collect(order) == Decimal(400)


def test_a_payment_that_was_deleted_in_odoo_was_never_made(order, take):
    take("400")
    Payment.objects.update(odoo_id=7, state="draft", deleted_at=NOON)

    assert to_collect(order) == Decimal(412)


def test_whoever_counts_money_can_leave_out_what_was_never_made(order, take):
    dropped, cancelled, deleted, made, _waiting = (take(amount) for amount in range(1, 6))
    OutboxEntry.objects.filter(payload__payment_uuid=str(dropped.uuid)).update(
        state="DROPPED", note="Counted twice."
    )
    OutboxEntry.objects.filter(payload__payment_uuid=str(made.uuid)).update(state="DONE")
    Payment.objects.filter(pk=cancelled.pk).update(odoo_id=7, state="canceled")
    Payment.objects.filter(pk=deleted.pk).update(odoo_id=8, state="draft", deleted_at=NOON)
    gone = {dropped.pk, cancelled.pk, deleted.pk}

    assert set(Payment.objects.filter(never_made()).values_list("pk", flat=True)) == gone
    of_the_order = SaleOrder.objects.filter(never_made("payments__"))
    assert set(of_the_order.values_list("payments__amount", flat=True)) == {1, 2, 3}


@pytest.mark.parametrize(
    ("days", "delay", "due"),
    [
        ([0], "days_after", 412),
        ([0, 0], "days_after", 412),
        ([30], "days_after", 0),
        ([0, 60], "days_after", 0),
        ([0], "days_after_end_of_month", 0),
    ],
)
def test_a_driver_asks_those_for_money_who_pay_at_once(order, days, delay, due):
    order.payment_term = PaymentTermFactory(days=days)
    order.save()
    PaymentTermLine.objects.update(delay=delay)

    assert to_collect(order) == due


def test_many_orders_take_no_more_queries_than_one(order, take, django_assert_num_queries):
    take("12")
    others = [SaleOrderFactory(payment_term=PaymentTermFactory()) for _ in range(5)]
    invoice = InvoiceFactory(residual=0)
    SaleOrder.objects.filter(pk=others[0].pk).update(invoice_ids=[invoice.odoo_id])

    with django_assert_num_queries(1):
        amounts = amounts_to_collect([order.pk, *(one.pk for one in others)])

    assert amounts == {
        order.pk: Decimal(400),
        others[0].pk: 0,
        **{one.pk: Decimal(412) for one in others[1:]},
    }
    assert amounts_to_collect([]) == {}


def test_payment_and_promise_are_made_together(order, take):
    payment = take("400.25")

    entry = OutboxEntry.objects.get()
    assert (entry.command, entry.stream.key) == ("CollectPayment", f"order:{order.uuid}")
    assert entry.payload["payment_uuid"] == str(payment.uuid)
    assert entry.payload["amount"] == "400.25"
    assert (payment.odoo_id, payment.state, payment.order) == (None, "", order)
    assert (payment.kind, payment.amount, payment.memo) == (
        "inbound",
        Decimal("400.25"),
        order.name,
    )
    assert (payment.customer, payment.payment_date) == (order.customer, NOON.date())


def test_an_order_that_odoo_does_not_have_cannot_be_paid_there(order, take):
    order.odoo_id = None

    with pytest.raises(ValueError, match="Only an order that Odoo has"):
        take("1")

    assert not Payment.objects.exists()
    assert not OutboxEntry.objects.exists()
