"""A quotation made in a real Odoo with all its lines."""

from decimal import Decimal

import pytest

from odoo_bridge.models import OutboxEntry, SaleOrder, SaleOrderLine, Unit
from odoo_bridge.sync.specs import PARTNER, UNIT
from odoo_bridge.tests.outbox import orders as words
from odoo_bridge.tests.outbox.purchases import all_done, mirrored

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


@pytest.fixture
def shop(yard, db):
    return words.a_shop(yard)


def test_the_quotation_has_its_customer_its_lines_and_the_delivery(shop, drained, send_again):
    stall = shop.yard.make("res.partner", name="Stall", parent_id=shop.customer.odoo_id)
    [address] = mirrored(shop.yard, PARTNER, [["id", "=", stall]])
    oak = shop.item(4, "80", description="Oak, split", discount=Decimal(5))
    way = shop.item(1, "45", shop.way, description="Delivery to Ashland")
    order = shop.order(oak, shop.item(2), delivery=way, address=address, reference="PO 7")
    assert (order.odoo_id, order.total) == (None, Decimal(509))

    assert drained() == ["sale.order.load"]

    all_done()
    row = shop.row(order, "partner_id", "partner_shipping_id", "amount_untaxed")
    assert (row["state"], row["partner_id"]) == ("draft", shop.customer.odoo_id)
    assert (row["partner_shipping_id"], row["client_order_ref"]) == (stall, "PO 7")
    assert (row["commitment_date"], row["amount_untaxed"]) == ("2026-12-01 17:00:00", 509)
    first, second, fee = shop.rows(order)
    assert (first["product_uom_qty"], first["price_unit"], first["discount"]) == (4, 80, 5)
    assert (first["name"], second["name"]) == ("Oak, split", "Oak")
    assert (fee["product_id"], fee["price_unit"]) == (shop.way.odoo_id, 45)
    assert [one["is_delivery"] for one in (first, second, fee)] == [False, False, True]
    assert order.name.startswith("S0")
    assert order.line_ids == [first["id"], second["id"], fee["id"]]
    assert order.lines.get(is_delivery_fee=True).odoo_id == fee["id"]
    assert send_again() == []
    assert len(shop.rows(order)) == 3


def test_many_quotations_go_in_one_call_and_keep_their_own_lines(shop, drained):
    mirrored(shop.yard, UNIT, [])
    dozens = Unit.objects.get(name="Dozens")
    orders = [shop.order(shop.item(n + 1, unit=dozens)) for n in range(5)]

    assert drained() == ["sale.order.load"]

    all_done()
    assert not SaleOrder.objects.filter(odoo_id=None).exists()
    assert not SaleOrderLine.objects.filter(odoo_id=None).exists()
    assert [shop.rows(order)[0]["product_uom_qty"] for order in orders] == [1, 2, 3, 4, 5]
    line = SaleOrderLine.objects.get(order=orders[2])
    assert (line.quantity, line.position) == (3, 10)


def test_what_odoo_does_not_sell_is_refused_with_its_words(shop, drained):
    shop.oak.odoo_id = 999_999
    shop.order()

    drained()

    state, why = words.last()
    assert state == "PARKED"
    assert "999999" in why


def test_what_follows_a_quotation_that_was_given_up_is_for_a_person(shop, drained):
    order = shop.order()
    OutboxEntry.objects.update(state="DROPPED", note="no")
    words.confirm(order)

    assert drained() == []

    assert words.last() == ("PARKED", "The order was never made in Odoo.")


def test_nothing_is_promised_of_a_product_whose_unit_is_unknown(shop):
    shop.oak.unit_odoo_id = None

    with pytest.raises(LookupError, match="The unit of Oak is not known yet"):
        shop.order()
