"""A transfer of a real Odoo becomes two, and the mirrors that were born here are Odoo's."""

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from odoo_bridge.models import Move, Picking
from odoo_bridge.tests.outbox.splits import (
    first_of,
    here,
    loads_of,
    split,
    stock,
    stocked,
)

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


def test_a_part_of_one_line_goes_on_a_second_transfer(yard, send, send_again):
    [sold] = yard.sold(quantity=10)
    loads = loads_of(yard, sold)
    [before] = loads.pickings()
    part, command = split(first_of(sold), "3.25")
    assert here(first_of(sold)) == [(10, True)]
    assert first_of(sold).moves.get().stays == Decimal("6.75")
    assert (part.odoo_id, here(part)) == (None, [(Decimal("3.25"), False)])

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    first, second = loads.pickings()
    assert loads.brings(first["id"]) == [(yard.oak, 6.75)]
    assert loads.brings(second["id"]) == [(yard.oak, 3.25)]
    assert second["backorder_id"] == first["id"] == sold.picking
    for name in ("state", "partner_id", "scheduled_date", "sale_id"):
        assert first[name] == second[name] == before[name], name
    assert here(part) == [(Decimal("3.25"), True)]
    assert (part.odoo_id, part.part_of) == (second["id"], first_of(sold))
    assert here(first_of(sold)) == [(Decimal("6.75"), True)]
    assert first_of(sold).moves.get().stays is None
    assert Picking.objects.filter(order=part.order).count() == 2
    assert Move.objects.count() == 2
    assert send_again() == []
    assert len(loads.pickings()) == 2


def test_what_a_poll_has_read_before_the_answer_is_the_part_that_was_born_here(yard, send):
    [sold] = yard.sold(quantity=10)
    loads = loads_of(yard, sold)
    part, command = split(first_of(sold), 4)
    send(command)
    twin = Picking.objects.get(pk=part.pk)
    Picking.objects.filter(pk=part.pk).update(odoo_id=None, name="", move_ids=[])
    Move.objects.filter(picking=part).update(odoo_id=None)
    polled = loads.seen()[-1]
    assert (polled.odoo_id, polled.pk != part.pk) == (twin.odoo_id, True)
    assert polled.part_of == first_of(sold)

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    assert here(part) == [(4, True)]
    assert (part.uuid, part.odoo_id) == (command.part_uuid, twin.odoo_id)
    assert not Picking.objects.filter(pk=polled.pk).exists()
    assert Move.objects.filter(picking__order=part.order).count() == 2


def test_a_whole_line_and_a_part_of_another_leave(yard, send):
    [sold] = yard.sold(quantity=4)
    more = {"order_id": sold.order, "product_id": yard.oak_when_delivered, "product_uom_qty": 2}
    yard.make("sale.order.line", **more)
    loads = loads_of(yard, sold)
    moved = loads.moves(sold.picking)[1]["id"]
    part, command = split(first_of(sold), 1, 2)

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    first, second = loads.pickings()
    assert loads.brings(first["id"]) == [(yard.oak, 3)]
    assert sorted(loads.brings(second["id"])) == sorted(
        [(yard.oak, 1), (yard.oak_when_delivered, 2)]
    )
    assert sorted(here(part)) == [(1, True), (2, True)]
    assert here(first_of(sold)) == [(3, True)]
    assert Move.objects.filter(odoo_id=moved).get().picking == part


def test_a_part_is_split_again_and_so_is_the_first(yard, send):
    [sold] = yard.sold(quantity=10)
    loads = loads_of(yard, sold)
    part, command = split(first_of(sold), 6)
    send(command)
    third, command = split(part, 2)
    [entry] = send(command)
    assert entry.state == "DONE", entry.last_error
    fourth, command = split(first_of(sold), 2)  # as much as was split off another before

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    first, second, *rest = loads.pickings()
    assert [loads.brings(one["id"])[0][1] for one in (first, second, *rest)] == [2, 4, 2, 2]
    assert [one["backorder_id"] for one in rest] == [second["id"], first["id"]]
    assert [here(one) for one in (part, third, fourth)] == [[(4, True)], [(2, True)], [(2, True)]]
    assert len({part.odoo_id, third.odoo_id, fourth.odoo_id}) == 3


def test_on_a_run_with_others_it_is_put_back_by_its_plan(yard, send):
    sold, other = yard.sold(2, quantity=10)
    run = yard.run()
    loads = loads_of(yard, sold)
    part, command = split(first_of(sold), 4)

    of_part = replace(sold.plan(run.run_uuid), picking_odoo_id=None, picking_uuid=part.uuid)
    plans = (run, sold.plan(run.run_uuid), other.plan(run.run_uuid))
    done = send(*plans, command, sold.plan(run.run_uuid), of_part)

    assert {one.state for one in done} == {"DONE"}, [one.last_error for one in done]
    first, second = loads.pickings()
    assert set(yard.batch(run.run_uuid)["picking_ids"]) == {
        first["id"],
        second["id"],
        other.picking,
    }


@pytest.mark.parametrize(
    ("in_stock", "held", "reserved"),
    [(0, [0, 0], 0), (6, [6, 0], 6), (7, [7, 0], 7), (20, [7, 3], 10)],
)
def test_no_more_is_reserved_than_there_is(yard, send, send_again, in_stock, held, reserved):
    product = yard.product(is_storable=True)
    if in_stock:
        stocked(yard, product, in_stock)
    [sold] = yard.sold(product=product, quantity=10)
    loads = loads_of(yard, sold)
    part, command = split(first_of(sold), 3)

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    assert loads.held() == held
    assert stock(yard, product) == (in_stock, reserved)
    assert here(part) == [(3, True)]
    assert send_again() == []


def test_lots_that_were_chosen_stay_and_none_is_made_up(yard, send):
    product = yard.product(is_storable=True, tracking="lot")
    lot = yard.make("stock.lot", name=f"L {uuid.uuid4()}", product_id=product)
    stocked(yard, product, 4, lot=lot)
    [sold] = yard.sold(product=product, quantity=10)
    loads = loads_of(yard, sold)
    _part, command = split(first_of(sold), 3)

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    assert loads.held() == [4, 0]
    lines = yard.rows("stock.move.line", [["picking_id", "=", sold.picking]], "lot_id", "quantity")
    assert [(line["lot_id"], line["quantity"]) for line in lines] == [(lot, 4)]
    assert stock(yard, product) == (4, 4)


def test_what_odoo_rounds_in_the_unit_of_the_product_is_found_all_the_same(yard, send):
    units = {row["name"]: row["id"] for row in yard.rows("uom.uom", [], "name")}
    [sold] = yard.sold(product=yard.product(uom_id=units["Dozens"]), quantity=1)
    loads = loads_of(yard, sold)
    [move] = loads.moves(sold.picking)
    values = {"product_uom": units["Units"], "product_uom_qty": 12}
    yard.do("stock.move", "write", [move["id"]], vals=values)
    loads.seen()
    part, command = split(first_of(sold), 1)

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    first, second = loads.pickings()
    assert [loads.brings(one["id"])[0][1] for one in (first, second)] == [11.04, 0.96]
    assert here(part) == [(Decimal("0.96"), True)]


def test_who_split_it_just_so_in_odoo_was_faster(yard, send):
    [sold] = yard.sold(quantity=10)
    loads = loads_of(yard, sold)
    [move] = loads.moves(sold.picking)
    part, command = split(first_of(sold), 3)
    yard.do("stock.move", "write", [move["id"]], vals={"quantity": 7})
    yard.do("stock.picking", "action_split_transfer", [sold.picking])

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    assert len(loads.pickings()) == 2
    assert here(part) == [(3, True)]


def test_a_part_is_delivered_by_its_own_name_and_the_order_billed_for_it(yard, send):
    [sold] = yard.sold(product=yard.oak_when_delivered, quantity=10)
    loads = loads_of(yard, sold)
    part, command = split(first_of(sold), 3)
    of_part = replace(sold.complete(), picking_odoo_id=None, picking_uuid=part.uuid)

    done = send(command, of_part)

    assert [one.state for one in done] == ["DONE", "DONE"], [one.last_error for one in done]
    assert [one["state"] for one in loads.pickings()][1] == "done"
    assert [one["amount_total"] for one in yard.invoices(sold)] == [300]


def test_what_waits_for_a_part_that_odoo_never_made_says_so(yard, send):
    [sold] = yard.sold(quantity=10)
    loads_of(yard, sold)
    part, _command = split(first_of(sold), 3)

    [entry] = send(replace(sold.refuse(), picking_odoo_id=None, picking_uuid=part.uuid))

    assert entry.state == "PARKED"
    assert entry.last_error == "The transfer was never made in Odoo."


def test_parts_of_several_lines_leave_together(yard, send):
    [sold] = yard.sold(quantity=4)
    more = {"order_id": sold.order, "product_id": yard.oak_when_delivered, "product_uom_qty": 2}
    yard.make("sale.order.line", **more)
    loads = loads_of(yard, sold)
    part, command = split(first_of(sold), 1, 1)

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    assert here(part) == [(1, True), (1, True)]
    assert [quantity for _product, quantity in loads.brings(sold.picking)] == [3, 1]
