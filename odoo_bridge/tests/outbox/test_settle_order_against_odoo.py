"""A quotation is confirmed, and an order called off, in a real Odoo."""

import pytest

from odoo_bridge.models import Invoice, Move, Picking
from odoo_bridge.tests.outbox import orders as words
from odoo_bridge.tests.outbox.purchases import all_done

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
UNLOCK, CANCEL = "sale.order.action_unlock", "sale.order.action_cancel"


@pytest.fixture
def shop(yard, db):
    return words.a_shop(yard)


def test_a_confirmed_order_has_a_transfer_and_the_price_it_was_offered_for(
    shop, drained, send_again
):
    order = shop.order()
    words.confirm(order)

    assert drained() == ["sale.order.load", "sale.order.action_confirm"]

    all_done()
    assert shop.row(order, "amount_untaxed")["amount_untaxed"] == 320
    assert shop.row(order)["commitment_date"] == "2026-12-01 17:00:00"
    assert order.state == "sale"
    picking = Picking.objects.get(order=order)
    assert Move.objects.get(picking=picking).demand == 4
    assert shop.transfers(order) == [picking.state]
    assert send_again() == []
    assert len(shop.transfers(order)) == 1


def test_who_confirmed_it_in_odoo_was_faster_and_who_cancelled_it_is_asked(shop, drained):
    _sold, confirmed = shop.sold()
    words.confirm(confirmed)
    cancelled = shop.order()
    drained()
    shop.yard.do("sale.order", "action_cancel", [shop.row(cancelled)["id"]])
    words.confirm(cancelled)

    assert drained() == []

    assert len(shop.transfers(confirmed)) == 1
    why = f"Order {cancelled.name} was cancelled in Odoo."
    assert words.last() == ("PARKED", why)


def test_an_order_is_called_off_with_its_transfer_and_a_draft_of_an_invoice(
    shop, drained, send_again
):
    sold, order = shop.sold()
    draft = shop.yard.draft(sold)
    words.cancel(order)

    assert drained() == [CANCEL]

    all_done()
    assert shop.row(order)["state"] == "cancel"
    assert order.state == "cancel"
    assert shop.transfers(order) == ["cancel"]
    assert Invoice.objects.get(odoo_id=draft["id"]).state == "cancel"
    assert send_again() == []


def test_an_order_that_odoo_has_locked_is_unlocked_first(shop, drained):
    _sold, order = shop.sold()
    shop.yard.do("sale.order", "action_lock", [order.odoo_id])
    words.cancel(order)

    assert drained() == [UNLOCK, CANCEL]

    assert shop.row(order)["state"] == "cancel"


def test_of_what_was_delivered_or_invoiced_nothing_is_called_off(shop, send, drained):
    sold, delivered = shop.sold()
    send(sold.complete())
    billed, invoiced = shop.sold()
    shop.yard.bill([billed])
    [invoice] = shop.yard.rows("account.move", [["invoice_origin", "=", invoiced.name]], "name")

    words.cancel(delivered)
    assert drained() == []
    state, why = words.last()
    assert state == "PARKED"
    assert why.startswith(f"Of order {delivered.name} something was delivered.")
    words.cancel(invoiced)
    assert drained() == []
    state, why = words.last()
    assert state == "PARKED"
    assert why.startswith(f"Order {invoiced.name} is invoiced ({invoice['name']}).")
    assert {shop.row(one)["state"] for one in (delivered, invoiced)} == {"sale"}
