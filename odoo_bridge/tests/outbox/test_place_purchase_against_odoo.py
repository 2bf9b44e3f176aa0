"""A purchase made in a real Odoo with all its lines, alone and with many others."""

from decimal import Decimal

import pytest

from odoo_bridge.models import OutboxEntry, PurchaseOrder, PurchaseOrderLine, Unit
from odoo_bridge.outbox.drain import drain
from odoo_bridge.tests.outbox import purchases as words
from portal.local.faulty_calls import of_method, writes
from portal.local.faulty_faults import DROP_ANSWER, answer_with
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]
State = OutboxEntry.State


@pytest.fixture
def market(yard, transactional_db):
    return words.a_market(yard)


def test_the_order_has_its_vendor_its_dates_and_its_lines(market, drained):
    order = market.order()

    assert drained() == ["purchase.order.load"]

    words.all_done()
    row = market.row(order)
    assert (row["state"], row["partner_id"]) == ("draft", market.vendor.odoo_id)
    assert (row["partner_ref"], row["currency_id"]) == ("V-1", market.dollar.odoo_id)
    assert (row["date_planned"], row["amount_untaxed"]) == ("2026-12-01 17:00:00", 56)
    logs, bark = market.rows(order)
    assert (logs["product_qty"], logs["price_unit"], logs["name"]) == (4, 12.5, "Logs")
    assert (bark["product_qty"], bark["price_unit"]) == (2, 3)
    assert order.name.startswith("P0")
    assert order.remote["partner_ref"] == "V-1"
    assert [one.odoo_id for one in order.lines.order_by("odoo_id")] == [logs["id"], bark["id"]]
    assert words.line_of(order, market.bark).odoo_id == bark["id"]
    assert order.line_ids == [logs["id"], bark["id"]]


def test_a_line_has_the_unit_and_the_discount_it_was_promised_with(market, drained):
    dozens = Unit.objects.get(name="Dozens")
    order = market.order(market.item(unit=dozens, discount=Decimal(10)))

    drained()

    words.all_done()
    line = order.lines.get()
    assert (line.unit, line.discount, line.total) == (dozens, 10, 45)


def test_many_orders_go_in_one_call(market, drained):
    orders = [market.order() for _ in range(40)]

    assert drained() == ["purchase.order.load"]

    words.all_done()
    assert PurchaseOrder.objects.exclude(odoo_id=None).count() == 40
    assert PurchaseOrderLine.objects.exclude(odoo_id=None).count() == 80
    for order in orders:
        assert words.line_of(order, market.logs).quantity == 4


def test_one_that_odoo_refuses_is_found_and_parked_alone(market, drained):
    orders = [market.order() for _ in range(8)]
    market.logs.odoo_id = 999_999
    bad = market.order()

    calls = drained()

    assert set(calls) == {"purchase.order.load"}
    assert len(calls) <= 2 * 4 + 1
    parked = OutboxEntry.objects.get(state=State.PARKED)
    assert parked.target == f"purchase:{bad.uuid}"
    assert "999999" in parked.last_error
    assert all(market.row(order)["state"] == "draft" for order in orders)


@pytest.mark.parametrize("number", [1, 3])
def test_what_was_made_and_could_not_be_read_is_looked_up(
    market, provisioned_odoo, odoo_access, quick_outbox, number
):
    orders = [market.order() for _ in range(number)]
    with FaultyProxy(provisioned_odoo.url) as proxy:
        client = provisioned_odoo.bot(base_url=proxy.url)
        proxy.rule(answer_with(503), when=of_method("purchase.order.line", "get_metadata"), times=1)
        drain(client, odoo_access)
        assert {state for _command, state, _why in words.states()} == {State.QUEUED}

        while OutboxEntry.objects.exclude(state=State.DONE).exists():
            drain(client, odoo_access)

        made = [call for call in proxy.calls if writes(call) and call.method == "load"]
    assert len(made) == 2
    assert len(market.yard.rows("purchase.order", of_vendor(market))) == number
    assert all(len(market.rows(order)) == 2 for order in orders)


def test_an_answer_that_is_lost_makes_no_second_order(
    market, provisioned_odoo, odoo_access, quick_outbox
):
    order = market.order()
    with FaultyProxy(provisioned_odoo.url) as proxy:
        proxy.rule(DROP_ANSWER, when=of_method("purchase.order", "load"), times=1)
        while OutboxEntry.objects.exclude(state=State.DONE).exists():
            drain(provisioned_odoo.bot(base_url=proxy.url), odoo_access)

    assert len(market.yard.rows("purchase.order", of_vendor(market))) == 1
    assert len(market.rows(order)) == 2


def of_vendor(market):
    return [["partner_id", "=", market.vendor.odoo_id]]


def test_a_line_is_added_once_and_taken_off_while_the_order_is_open(market, drained, send_again):
    order = market.order()
    words.add(order, market.item(market.bark, 7, "2"))
    drained()
    assert [row["product_qty"] for row in market.rows(order)] == [4, 2, 7]

    words.remove(words.line_of(order, market.logs))
    assert drained() == ["purchase.order.line.unlink"]

    words.all_done()
    assert [row["product_qty"] for row in market.rows(order)] == [2, 7]
    order.refresh_from_db()
    assert len(order.line_ids) == 2


def test_a_line_is_added_to_an_order_that_somebody_has_emptied(market, drained):
    order = market.order()
    drained()
    lines = [row["id"] for row in market.rows(order)]
    market.yard.do("purchase.order.line", "unlink", lines)

    words.add(order, market.item(market.bark, 7, "2"))
    assert drained() == ["purchase.order.line.load"]

    assert [row["product_qty"] for row in market.rows(order)] == [7]


def test_nothing_is_added_to_what_was_confirmed_in_odoo_nor_taken_off(market, drained):
    order, other = market.order(), market.order()
    drained()
    market.yard.do("purchase.order", "button_confirm", [market.row(order)["id"]])
    market.yard.do("purchase.order", "button_cancel", [market.row(other)["id"]])
    words.add(order, market.item())
    words.remove(words.line_of(other, market.logs))

    assert drained() == []

    whys = [why for _command, state, why in words.states() if state == State.PARKED]
    assert whys == [
        f"Purchase {order.name} was confirmed in Odoo.",
        f"Purchase {other.name} was cancelled in Odoo.",
    ]


def test_what_follows_an_order_that_was_given_up_is_for_a_person(market, drained):
    order = market.order()
    words.confirm(order)
    words.change_line(words.line_of(order, market.logs), quantity=Decimal(5))
    OutboxEntry.objects.filter(command="PlacePurchase").update(state=State.DROPPED, note="no")

    drained()

    why = OutboxEntry.objects.get(command="ConfirmPurchase").last_error
    assert why == "The purchase was never made in Odoo."
    OutboxEntry.objects.filter(command="ConfirmPurchase").update(state=State.DROPPED, note="no")
    drained()
    why = OutboxEntry.objects.get(command="ChangePurchaseLine").last_error
    assert why == "What was ordered here was never made in Odoo."
