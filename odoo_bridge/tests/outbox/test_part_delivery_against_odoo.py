"""A part of an order is delivered in a real Odoo, and the rest waits."""

from decimal import Decimal

import pytest

from odoo_bridge.commands import CompleteDelivery, Handed
from odoo_bridge.models import Move, Picking
from odoo_bridge.sync.specs import SALE_ORDER
from odoo_bridge.tests.outbox.purchases import mirrored

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
FIELDS = ("name", "state")


def moves_of(yard, picking):
    return yard.rows("stock.move", [["picking_id", "=", picking]], "quantity", "state")


def part(move, quantity):
    return Handed(move_odoo_id=move, quantity=Decimal(quantity))


def test_what_was_not_taken_waits_on_a_transfer_of_its_own(yard, send, send_again):
    [sold] = yard.sold(product=yard.oak_when_delivered)
    mirrored(yard, SALE_ORDER, [["id", "=", sold.order]])
    [move] = moves_of(yard, sold.picking)

    [entry] = send(sold.complete(goods=(part(move["id"], "1.5"),)))

    assert entry.state == "DONE", entry.last_error
    [done] = moves_of(yard, sold.picking)
    assert (done["state"], done["quantity"]) == ("done", 1.5)
    [rest] = yard.rows("stock.picking", [["backorder_id", "=", sold.picking]], *FIELDS)
    assert rest["state"] in Picking.OPEN_STATES
    [invoice] = yard.invoices(sold)
    assert (invoice["state"], invoice["amount_total"]) == ("posted", 150)
    [note] = yard.notes(sold, "Delivered by Dale")
    assert f"The rest waits ({rest['name']})." in note["body"]
    mirror = Picking.objects.get(odoo_id=rest["id"])
    assert (mirror.order.odoo_id, mirror.kind) == (sold.order, "outgoing")
    assert Move.objects.get(picking=mirror).demand == Decimal("2.5")
    assert send_again() == []
    assert len(yard.invoices(sold)) == 1


def test_of_several_goods_those_that_are_not_told_of_are_left(yard, send):
    [sold] = yard.sold()
    more = {"order_id": sold.order, "product_id": yard.oak_when_delivered, "product_uom_qty": 2}
    yard.make("sale.order.line", **more)
    first, second = moves_of(yard, sold.picking)

    [entry] = send(sold.complete(goods=(part(second["id"], 2),)))

    assert entry.state == "DONE", entry.last_error
    assert [one["id"] for one in moves_of(yard, sold.picking)] == [second["id"]]
    [rest] = yard.rows("stock.picking", [["backorder_id", "=", sold.picking]], *FIELDS)
    assert [one["id"] for one in moves_of(yard, rest["id"])] == [first["id"]]


def test_who_delivered_something_else_in_odoo_is_noticed(yard, send):
    [sold] = yard.sold()
    [move] = moves_of(yard, sold.picking)
    yard.do("stock.move", "write", [move["id"]], vals={"quantity": 3, "picked": True})
    context = {"skip_sms": True, "skip_backorder": True}
    yard.do("stock.picking", "button_validate", [sold.picking], context=context)

    [entry] = send(sold.complete(goods=(part(move["id"], 2),)))

    assert entry.state == "PARKED"
    assert entry.last_error.endswith(
        "was done in Odoo with other quantities than those delivered here. Correct them there, "
        "and drop this."
    )
    assert yard.invoices(sold) == []


def test_what_the_transfer_does_not_bring_any_more_is_for_a_person(yard, send):
    sold, other = yard.sold(2)
    [move] = moves_of(yard, other.picking)

    [entry] = send(sold.complete(goods=(part(move["id"], 2),)))

    assert entry.state == "PARKED"
    assert entry.last_error.endswith("does not bring all of this any more.")
    assert yard.picking(sold)["state"] != "done"


def test_a_promise_of_the_first_version_is_a_delivery_of_everything(yard):
    [sold] = yard.sold()
    command = sold.complete()
    payload = command.payload()
    del payload["goods"]

    assert CompleteDelivery.from_payload(payload) == command


def test_more_than_was_ordered_is_delivered_and_billed_as_told(yard, send):
    [sold] = yard.sold(product=yard.oak_when_delivered)
    [move] = moves_of(yard, sold.picking)

    [entry] = send(sold.complete(goods=(part(move["id"], 5),)))

    assert entry.state == "DONE", entry.last_error
    assert [invoice["amount_total"] for invoice in yard.invoices(sold)] == [500]
    assert yard.rows("stock.picking", [["backorder_id", "=", sold.picking]]) == []
    assert yard.notes(sold, "The rest waits") == []
