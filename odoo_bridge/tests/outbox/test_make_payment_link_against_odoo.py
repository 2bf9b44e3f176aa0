"""A real Odoo makes the page on which a customer pays by card."""

from decimal import Decimal

import pytest

from odoo_bridge.commands import MakePaymentLink
from odoo_bridge.models import OutboxEntry, PaymentLink, SaleOrder
from odoo_bridge.services.promise_payment_link import promise_payment_link
from portal.accounts.models import Role
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE
from portal.testing.mirrors import SaleOrderFactory

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


@pytest.fixture
def wanted(person):
    """Want a link for what was sold; return it, and the order as our mirror has it."""

    def want(sold, amount="150.25"):
        SaleOrder.objects.filter(odoo_id=sold.order).delete()
        order = SaleOrderFactory(odoo_id=sold.order, uuid=sold.uuid)
        return promise_payment_link(order=order, amount=Decimal(amount), by=person(Role.DRIVER))

    return want


def fresh(link):
    link.refresh_from_db()
    return link


def test_an_order_that_is_not_invoiced_is_paid_at_its_own_page(yard, wanted, send):
    [sold] = yard.sold()
    link = wanted(sold)
    assert (link.url, str(link)) == ("", f"link {link.uuid}")

    send()

    assert OutboxEntry.objects.get().state == "DONE"
    token = yard.row("sale.order", sold.order, "access_token")["access_token"]
    assert token
    assert f"/my/orders/{sold.order}?access_token={token}&payment_amount=150.25" in fresh(link).url


def test_an_invoice_that_is_open_is_what_is_paid(yard, wanted, send, send_again):
    [sold] = yard.sold()
    send(sold.complete())
    [invoice] = yard.invoices(sold)
    OutboxEntry.objects.all().delete()
    link = wanted(sold, "400")

    send()

    assert OutboxEntry.objects.get().state == "DONE"
    assert f"/{invoice['id']}?" in fresh(link).url
    assert "payment=True" in link.url
    before = link.url
    send_again()
    assert fresh(link).url == before, "the page stays the same"


def test_what_is_paid_already_says_so_and_holds_nothing_up(yard, wanted, send, promised_payment):
    [sold] = yard.sold()
    send(sold.complete())
    promised_payment(sold)
    send()
    OutboxEntry.objects.all().delete()
    order = SaleOrder.objects.get(odoo_id=sold.order)
    link = PaymentLink.objects.create(order=order, amount=Decimal(1))
    command = MakePaymentLink(
        link_uuid=link.uuid,
        order_uuid=order.uuid,
        order_odoo_id=sold.order,
        amount=Decimal(1),
    )

    [entry] = send(command)

    assert entry.state == "DONE"
    assert (fresh(link).url, link.why) == ("", "All that is invoiced is paid.")


def test_what_odoo_warns_of_is_no_page(yard, wanted, send):
    [sold] = yard.sold()
    send(sold.complete())
    OutboxEntry.objects.all().delete()
    link = wanted(sold, "500")  # a hundred more than the invoice

    send()

    assert OutboxEntry.objects.get().state == "DONE"
    assert (fresh(link).url, bool(link.why)) == ("", True)


@pytest.mark.parametrize("fault", [DROP_ANSWER, DUPLICATE], ids=lambda fault: fault.name)
def test_an_answer_that_is_lost_or_doubled_does_no_harm(yard, survive, fault):
    [sold] = yard.sold()
    order = SaleOrderFactory(odoo_id=sold.order, uuid=sold.uuid)
    link = PaymentLink.objects.create(order=order, amount=Decimal(5))
    command = MakePaymentLink(
        link_uuid=link.uuid, order_uuid=sold.uuid, order_odoo_id=sold.order, amount=link.amount
    )

    survive(command, fault, "payment.link.wizard.create")

    assert "/my/orders/" in fresh(link).url
