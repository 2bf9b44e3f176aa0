"""What a delivery costs becomes a line of an order in a real Odoo."""

from decimal import Decimal

import pytest

from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.to_odoo import command_of
from odoo_bridge.services.promise_delivery_line import promise_delivery_line
from odoo_bridge.sync.specs import PRODUCT, SALE_ORDER
from odoo_bridge.tests.outbox import orders as words
from odoo_bridge.tests.outbox.impatience import ZOMBIE
from odoo_bridge.tests.outbox.purchases import all_done, mirrored
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
LOAD, WRITE = "sale.order.line.load", "sale.order.line.write"
FAULTS = (DROP_ANSWER, DUPLICATE, pytest.param(ZOMBIE, marks=pytest.mark.long))
TOLD = "Delivery, 12.0 miles\nWay 42.00, fuel 3.00"


@pytest.fixture
def shop(yard, db):
    return words.a_shop(yard)


def charge(shop, order, price, *, text=TOLD, currency="USD", way=None):
    """Promise that the order's way costs this."""
    item = shop.item(1, price, way or shop.way, description=text)
    order.refresh_from_db()
    return promise_delivery_line(order=order, item=item, currency=currency, by=None)


def fees(shop, order):
    return [row for row in shop.rows(order) if row["is_delivery"]]


def refused(drained):
    """Return why Odoo was not written to."""
    assert drained() == []
    state, why = words.last()
    assert state == "PARKED"
    OutboxEntry.objects.filter(state="PARKED").update(state="DROPPED", note="no")
    return why


def read_again(shop, order):
    """Read the order as a poll does."""
    mirrored(shop.yard, SALE_ORDER, [["id", "=", order.odoo_id]])


def test_an_order_typed_in_odoo_gets_one_line_that_is_changed_by_the_next_price(
    shop, drained, send_again
):
    _sold, order = shop.sold()
    charge(shop, order, "45")
    assert drained() == [LOAD]

    all_done()
    [fee] = fees(shop, order)
    assert (fee["product_id"], fee["product_uom_qty"]) == (shop.way.odoo_id, 1)
    assert (fee["price_unit"], fee["discount"], fee["name"]) == (45, 0, TOLD)
    assert (order.total, order.lines.get(is_delivery_fee=True).total) == (445, 45)
    assert shop.rows(order)[-1] == fee, "after all others"
    assert send_again() == []

    charge(shop, order, "52.50", text="Delivery, 15.0 miles")
    assert drained() == [WRITE]
    [changed] = fees(shop, order)
    assert (changed["id"], changed["price_unit"]) == (fee["id"], 52.5)
    assert changed["name"] == "Delivery, 15.0 miles"
    assert shop.row(order, "amount_untaxed")["amount_untaxed"] == 452.5

    charge(shop, order, "52.50", text="Delivery, 15.0 miles")
    assert drained() == [], "it is so already"
    all_done()


def test_the_line_of_an_order_made_here_is_the_one_that_is_changed(shop, drained):
    order = shop.order(delivery=shop.item(1, "45", shop.way, description="Delivery to Ashland"))
    charge(shop, order, "60")
    assert drained() == ["sale.order.load", WRITE]

    all_done()
    [fee] = fees(shop, order)
    assert (fee["price_unit"], fee["name"]) == (60, TOLD)
    assert order.lines.get(is_delivery_fee=True).odoo_id == fee["id"]

    bare = shop.order()
    charge(shop, bare, "10")
    assert drained() == ["sale.order.load", LOAD]
    assert [one["price_unit"] for one in fees(shop, bare)] == [10]


def test_another_product_brings_its_own_taxes(shop, drained):
    _sold, order = shop.sold()
    tax = shop.yard.make("account.tax", name="Way tax", amount=10, amount_type="percent")
    made = shop.yard.product(name="Taxed way", type="service", taxes_id=[[6, 0, [tax]]])
    [taxed] = mirrored(shop.yard, PRODUCT, [["id", "=", made]])
    charge(shop, order, "50")
    drained()
    charge(shop, order, "50", way=taxed)
    assert drained() == [WRITE]

    all_done()
    [fee] = fees(shop, order)
    assert (fee["product_id"], fee["price_unit"], fee["name"]) == (taxed.odoo_id, 50, TOLD)
    assert order.total == 455


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_lost_answer_makes_no_second_line(shop, survive, fault):
    _sold, order = shop.sold()
    for price, target in (("45", LOAD), ("46", WRITE)):
        entry = charge(shop, order, price)
        command = command_of(entry)
        entry.delete()

        survive(command, fault, target)

        assert [one["price_unit"] for one in fees(shop, order)] == [float(price)]


def test_what_people_did_in_odoo_is_not_written_over(shop, drained):
    _sold, order = shop.sold()
    charge(shop, order, "45")
    drained()
    [fee] = fees(shop, order)
    change = {"price_unit": 30, "name": "As agreed"}
    shop.yard.do("sale.order.line", "write", [fee["id"]], vals=change)

    charge(shop, order, "60")
    why = refused(drained)
    assert "was changed in Odoo: it asks 30.00 now. If 60.00 is right, change it there" in why
    [stands] = fees(shop, order)
    assert (stands["price_unit"], stands["name"]) == (30, "As agreed")

    shop.yard.do("sale.order.line", "write", [fee["id"]], vals={"price_unit": 60})
    charge(shop, order, "60")
    assert drained() == [], "the person has done it, and the words are the person's"
    assert words.last()[0] == "DONE"


def test_a_line_that_was_removed_in_odoo_comes_back_only_when_somebody_says_so(shop, drained):
    _sold, order = shop.sold()
    charge(shop, order, "45")
    drained()
    [fee] = fees(shop, order)
    shop.yard.do("sale.order.line", "unlink", [fee["id"]])

    charge(shop, order, "60")
    assert "was removed in Odoo" in refused(drained)
    assert fees(shop, order) == []

    read_again(shop, order)
    charge(shop, order, "60")
    assert drained() == [LOAD]
    assert [one["price_unit"] for one in fees(shop, order)] == [60]


def test_a_delivery_line_of_somebody_else_stays_alone(shop, drained):
    _sold, order = shop.sold()
    line = {"order_id": order.odoo_id, "product_id": shop.way.odoo_id, "price_unit": 70}
    shop.yard.make("sale.order.line", **line, is_delivery=True)

    charge(shop, order, "45")

    assert "has a delivery line already, made in Odoo: 70.00." in refused(drained)
    assert [one["price_unit"] for one in fees(shop, order)] == [70]


def test_an_order_that_is_over_takes_no_line(shop, drained):
    sold, cancelled = shop.sold()
    shop.yard.do("sale.order", "action_cancel", [sold.order])
    charge(shop, cancelled, "45")
    assert refused(drained) == f"Order {sold.name} was cancelled in Odoo."

    sold, locked = shop.sold()
    shop.yard.do("sale.order", "action_lock", [sold.order])
    charge(shop, locked, "45")
    assert "is locked in Odoo" in refused(drained)

    sold, billed = shop.sold()
    shop.yard.bill([sold])
    charge(shop, billed, "45")
    assert "is invoiced in Odoo already" in refused(drained)

    sold, foreign = shop.sold()
    charge(shop, foreign, "45", currency="EUR")
    assert "is in USD, and the price was said in EUR" in refused(drained)
    assert [fees(shop, one) for one in (cancelled, locked, billed, foreign)] == [[], [], [], []]


def test_a_line_that_is_invoiced_keeps_its_price(shop, drained):
    sold, order = shop.sold()
    charge(shop, order, "45")
    drained()
    shop.yard.bill([sold])
    more = {"order_id": sold.order, "product_id": shop.oak.odoo_id}
    shop.yard.make("sale.order.line", **more)

    charge(shop, order, "60", text=f"{TOLD}, {Decimal(15)} miles")

    assert "is invoiced in Odoo already" in refused(drained)
    assert [one["price_unit"] for one in fees(shop, order)] == [45]
