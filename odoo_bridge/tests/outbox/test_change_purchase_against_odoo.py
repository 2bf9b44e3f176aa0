"""What is changed of a purchase here and in a real Odoo."""

from decimal import Decimal

import pytest

from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.services.resolve_conflict import resolve_conflict
from odoo_bridge.sync.specs import PURCHASE_ORDER, PURCHASE_ORDER_LINE
from odoo_bridge.tests.outbox import purchases as words
from portal.accounts.models import Role

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State


@pytest.fixture
def market(yard, db):
    return words.a_market(yard)


@pytest.fixture
def order(market, drained):
    """Return an order of four logs at 12.50 and two barks at 3 that Odoo has."""
    order = market.order()
    drained()
    words.all_done()
    OutboxEntry.objects.all().delete()
    return order


def test_reference_and_date_stand_in_odoo_and_the_lines_come_then(market, order, drained):
    words.change(order, reference="V-2", planned_at=words.LATER)

    assert drained() == ["purchase.order.write"]

    words.all_done()
    row = market.row(order)
    assert (row["partner_ref"], row["date_planned"]) == ("V-2", "2026-12-08 17:00:00")
    assert {row["date_planned"] for row in market.rows(order)} == {"2026-12-08 17:00:00"}
    assert (order.vendor_reference, order.planned_at) == ("V-2", words.LATER)


def test_a_line_that_comes_later_still_does(market, order, drained):
    logs, _bark = market.rows(order)
    market.yard.do(
        "purchase.order.line", "write", [logs["id"]], vals={"date_planned": "2026-12-24 08:00:00"}
    )

    words.change(order, planned_at=words.LATER)
    drained()

    words.all_done()
    assert [row["date_planned"] for row in market.rows(order)] == [
        "2026-12-24 08:00:00",
        "2026-12-08 17:00:00",
    ]
    assert market.row(order)["date_planned"] == "2026-12-08 17:00:00"


def test_a_reference_is_taken_away_and_the_date_stays(market, order, drained):
    words.change(order, reference="")

    assert drained() == ["purchase.order.write"]

    row = market.row(order)
    assert (row["partner_ref"], row["date_planned"]) == (False, "2026-12-01 17:00:00")


def test_with_another_quantity_what_was_agreed_stands(market, order, drained):
    market.sell(market.logs, price=99, delay=30, discount=5)

    words.change_line(words.line_of(order, market.logs), quantity=Decimal(6))

    assert drained() == ["purchase.order.line.write"]
    logs, _bark = market.rows(order)
    assert (logs["product_qty"], logs["price_unit"], logs["discount"]) == (6, 12.5, 0)
    assert (logs["date_planned"], logs["name"]) == ("2026-12-01 17:00:00", "Logs")


def test_a_price_a_discount_and_a_date_are_changed_before_odoo_has_the_order(market, drained):
    order = market.order()
    line = words.line_of(order, market.logs)
    seen = {"quantity": Decimal(4), "price": Decimal("12.5"), "discount": Decimal(0)}
    words.change_line(line, seen=seen, price=Decimal("12.345678"), discount=Decimal(5))
    words.change_line(line, seen={"planned_at": words.COMES}, planned_at=words.LATER)

    drained()

    words.all_done()
    logs, bark = market.rows(order)
    assert (logs["price_unit"], logs["discount"]) == (12.345678, 5)
    assert (logs["date_planned"], bark["date_planned"]) == (
        "2026-12-08 17:00:00",
        "2026-12-01 17:00:00",
    )
    line.refresh_from_db()
    assert (line.unit_price, line.discount) == (Decimal("12.345678"), 5)


def test_what_was_changed_in_odoo_comes_here(market, order):
    logs, _bark = market.rows(order)
    market.yard.do("purchase.order.line", "write", [logs["id"]], vals={"price_unit": 11})
    market.yard.do("purchase.order", "write", [order.odoo_id], vals={"partner_ref": "Odoo's"})

    words.mirrored(market.yard, PURCHASE_ORDER, [["id", "=", order.odoo_id]])
    words.mirrored(market.yard, PURCHASE_ORDER_LINE, [["order_id", "=", order.odoo_id]])

    order.refresh_from_db()
    assert order.vendor_reference == "Odoo's"
    assert words.line_of(order, market.logs).unit_price == 11


def test_a_price_changed_here_and_there_is_decided_by_a_person(market, order, drained, person):
    line = words.line_of(order, market.logs)
    seen = {"quantity": Decimal(4), "price": Decimal("12.5"), "discount": Decimal(0)}
    entry = words.change_line(line, seen=seen, price=Decimal(11))
    market.yard.do("purchase.order.line", "write", [line.odoo_id], vals={"price_unit": 10})

    assert drained() == []
    entry.refresh_from_db()
    assert entry.state == State.CONFLICT
    conflict = Conflict.objects.get()
    assert conflict.key == "amounts"
    assert (conflict.mine["price_unit"], conflict.theirs["price_unit"]) == (11, 10)

    chosen = {conflict.pk: Conflict.Choice.MINE}
    resolve_conflict(entry_id=entry.pk, choices=chosen, by=person(Role.OFFICE))
    assert drained() == ["purchase.order.line.write"]

    logs, _bark = market.rows(order)
    assert (logs["price_unit"], logs["product_qty"]) == (11, 4)
    line.refresh_from_db()
    assert line.unit_price == 11


def test_a_line_that_is_gone_is_for_a_person(market, order, drained):
    line = words.line_of(order, market.logs)
    market.yard.do("purchase.order.line", "unlink", [line.odoo_id])
    words.change_line(line, price=Decimal(11))

    drained()

    assert words.states() == [
        ("ChangePurchaseLine", "PARKED", "What was ordered was deleted in Odoo.")
    ]
