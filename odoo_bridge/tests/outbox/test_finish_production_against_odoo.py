"""Something was made in a real Odoo: so much of it, so much scrapped, and what follows."""

import pytest

from odoo_bridge.models import ManufacturingOrder
from odoo_bridge.tests.outbox.productions import a_workshop, finish, start

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


@pytest.fixture
def workshop(yard, db):
    return a_workshop(yard)


@pytest.mark.parametrize("draft", [False, True], ids=["confirmed", "draft"])
def test_all_of_it_is_made_and_its_parts_are_consumed(workshop, send, send_again, draft):
    production = workshop.order(draft=draft)

    [entry] = send(finish(production, 10))

    assert entry.state == "DONE", entry.last_error
    row = workshop.row(production)
    assert (row["state"], row["product_qty"], row["qty_produced"]) == ("done", 10, 10)
    assert workshop.consumed(production) == 20
    assert workshop.rest(production) == []
    production.refresh_from_db()
    assert (production.state, production.produced) == ("done", 10)
    assert send_again() == []
    assert workshop.consumed(production) == 20


def test_what_was_not_made_follows_as_an_order_of_its_own(workshop, send, send_again):
    production = workshop.order()

    started, entry = send(start(production), finish(production, 6))

    assert (started.state, entry.state) == ("DONE", "DONE"), entry.last_error
    row = workshop.row(production)
    assert (row["state"], row["product_qty"], row["qty_produced"]) == ("done", 6, 6)
    assert workshop.consumed(production) == 12
    [rest] = workshop.rest(production)
    assert (rest["state"], rest["product_qty"]) == ("confirmed", 4)
    mirror = ManufacturingOrder.objects.get(odoo_id=rest["id"])
    assert (mirror.state, mirror.quantity) == ("confirmed", 4)
    assert send_again() == []
    assert len(workshop.rest(production)) == 1


def test_what_does_not_follow_is_not_made(workshop, send):
    production = workshop.order()

    [entry] = send(finish(production, 6, rest_follows=False))

    assert entry.state == "DONE", entry.last_error
    row = workshop.row(production)
    assert (row["state"], row["product_qty"], row["qty_produced"]) == ("done", 10, 6)
    assert workshop.consumed(production) == 12
    assert workshop.rest(production) == []


def test_more_than_was_ordered_is_made_and_counted(workshop, send):
    production = workshop.order()

    [entry] = send(finish(production, 11))

    assert entry.state == "DONE", entry.last_error
    assert workshop.row(production)["qty_produced"] == 11
    assert workshop.rest(production) == []


def test_what_odoo_would_count_otherwise_is_not_ended(workshop, send):
    tracked = {"tracking": "serial"}
    workshop.yard.do("product.product", "write", [workshop.bundle], vals=tracked)
    production, other = workshop.order(1), workshop.order(1)

    entry, counted = send(finish(production, 7), finish(other, 1))

    assert entry.state == "PARKED"
    assert entry.last_error == (
        f"Odoo does not end production {production.name} with 7 made: what has serial numbers is "
        f"counted by them. Finish it there, and drop this."
    )
    assert workshop.row(production)["state"] != "done"
    assert counted.state == "DONE", counted.last_error


def test_spoilt_parts_and_spoilt_goods_are_taken_out_once(workshop, send, send_again):
    production = workshop.order()
    spoilt = (workshop.scrap(workshop.bundle, 1), workshop.scrap(workshop.log, 3))

    [entry] = send(finish(production, 10, scrapped=spoilt))

    assert entry.state == "DONE", entry.last_error
    assert workshop.row(production)["qty_produced"] == 10
    assert workshop.consumed(production) == 20
    taken = sorted([("done", workshop.bundle, 1, 1), ("done", workshop.log, 3, 1)])
    assert sorted(workshop.scraps(production)) == taken
    on_hand = [
        workshop.yard.row("product.product", one, "qty_available")["qty_available"]
        for one in (workshop.bundle, workshop.log)
    ]
    assert on_hand == [9, -23]
    assert send_again() == []
    assert sorted(workshop.scraps(production)) == taken


def test_who_finished_it_otherwise_in_odoo_is_noticed(workshop, send):
    production = workshop.order()
    do = workshop.yard.do
    do("mrp.production", "write", [production.odoo_id], vals={"qty_producing": 7})
    do("mrp.production", "set_qty_producing", [production.odoo_id])
    context = {"skip_backorder": True, "skip_consumption": True, "skip_redirection": True}
    do("mrp.production", "button_mark_done", [production.odoo_id], context=context)

    [entry] = send(finish(production, 6, scrapped=(workshop.scrap(workshop.log, 1),)))

    assert entry.state == "PARKED"
    assert entry.last_error == (
        f"Production {production.name} is done in Odoo with 7 made, and 6 were made by what was "
        f"entered here. Correct it there, and drop this."
    )
    assert workshop.scraps(production) == []


def test_what_was_cancelled_in_odoo_is_not_finished(workshop, send):
    production = workshop.order()
    workshop.yard.do("mrp.production", "action_cancel", [production.odoo_id])

    [entry] = send(finish(production, 6))

    assert entry.state == "PARKED"
    assert entry.last_error == f"Production {production.name} was cancelled in Odoo."


def test_a_lot_that_nobody_named_is_asked_for_by_odoo(workshop, send):
    vals = {"tracking": "lot"}
    workshop.yard.do("product.product", "write", [workshop.log], vals=vals)
    production = workshop.order()

    [entry] = send(finish(production, 10))

    assert entry.state == "PARKED"
    assert entry.failed_step == "mrp.production.button_mark_done"
    assert workshop.row(production)["state"] != "done"
