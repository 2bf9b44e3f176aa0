"""A planned delivery in a real Odoo: its dates, and the batch it is on."""

import datetime as dt
import uuid

import pytest

from odoo_bridge.models import Picking, SaleOrder
from odoo_bridge.tests.outbox.yard import NOON

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
AT_NOON = "2026-11-23 17:00:00"


def test_order_and_transfer_have_the_time_and_the_run_has_the_transfer(yard, send, send_again):
    [sold] = yard.sold()
    run = uuid.uuid4()

    [entry] = send(sold.plan(run))

    assert entry.state == "DONE", entry.last_error
    assert yard.row("sale.order", sold.order, "commitment_date")["commitment_date"] == AT_NOON
    picking = yard.picking(sold)
    assert picking["scheduled_date"] == AT_NOON
    assert yard.batch(run)["picking_ids"] == [sold.picking]
    assert Picking.objects.get(odoo_id=sold.picking).batch_odoo_id == picking["batch_id"]
    assert SaleOrder.objects.get(odoo_id=sold.order).promised_at == NOON
    assert send_again() == []


def test_a_delivery_goes_back_and_forth_between_runs_and_every_batch_stays_usable(yard, send):
    [sold] = yard.sold()
    monday, tuesday = uuid.uuid4(), uuid.uuid4()

    for run in (monday, tuesday, monday, tuesday):
        [entry] = send(sold.plan(run))
        assert entry.state == "DONE", entry.last_error

    assert yard.batch(tuesday)["picking_ids"] == [sold.picking]
    assert yard.batch(monday)["picking_ids"] == []
    assert {yard.batch(run)["state"] for run in (monday, tuesday)} == {"draft"}


def test_off_its_run_a_delivery_keeps_its_dates_and_comes_back(yard, send, send_again):
    [sold] = yard.sold()
    run = uuid.uuid4()
    send(sold.plan(run))

    [off] = send(sold.plan(None, at=NOON + dt.timedelta(days=3)))

    assert off.state == "DONE"
    assert yard.picking(sold)["batch_id"] is False
    assert yard.picking(sold)["scheduled_date"] == AT_NOON
    assert yard.row("sale.order", sold.order, "commitment_date")["commitment_date"] == AT_NOON
    send(sold.plan(run, at=None))
    assert yard.batch(run)["picking_ids"] == [sold.picking]
    assert yard.picking(sold)["scheduled_date"] == AT_NOON


def test_a_batch_that_somebody_cancelled_is_opened_again(yard, send):
    first, second = yard.sold(2)
    run = uuid.uuid4()
    send(first.plan(run))
    yard.do("stock.picking.batch", "action_cancel", yard.ours("run", run))

    [entry] = send(second.plan(run))

    assert entry.state == "DONE"
    assert (yard.batch(run)["state"], yard.batch(run)["picking_ids"]) == ("draft", [second.picking])


def test_a_run_whose_deliveries_are_all_done_takes_one_more(yard, send):
    first, second = yard.sold(2)
    run = uuid.uuid4()
    send(first.plan(run), first.complete())
    assert yard.batch(run)["state"] == "done"

    [entry] = send(second.plan(run))

    assert entry.state == "DONE", entry.last_error
    assert (yard.batch(run)["state"], yard.batch(run)["picking_ids"]) == ("draft", [second.picking])
    assert yard.picking(first)["state"] == "done"


@pytest.mark.parametrize("over", ["done", "cancel"])
def test_what_is_over_in_odoo_cannot_be_planned(yard, send, over):
    [sold] = yard.sold()
    if over == "done":
        send(sold.complete())
    else:
        yard.do("stock.picking", "action_cancel", [sold.picking])

    [entry] = send(sold.plan(uuid.uuid4()))

    assert (entry.state, entry.failed_step) == ("PARKED", "stock.picking.write")
    assert entry.last_error.startswith("Transfer WH/OUT/")
    assert entry.last_error.endswith(
        {"done": "is done in Odoo already.", "cancel": "was cancelled in Odoo."}[over]
    )


def test_a_cancelled_order_cannot_be_planned_and_leaves_its_run(yard, send):
    [sold] = yard.sold()
    run = uuid.uuid4()
    send(sold.plan(run))
    yard.do("sale.order", "action_cancel", [sold.order])

    [parked] = send(sold.plan(run))
    yard_says = parked.last_error
    parked.delete()
    [off] = send(sold.plan(None))

    assert yard_says == f"Order {sold.name} was cancelled in Odoo."
    assert off.state == "DONE"
    assert yard.picking(sold)["batch_id"] is False


def test_what_was_delivered_stays_on_the_run_that_it_was_delivered_on(yard, send):
    [sold] = yard.sold()
    run = uuid.uuid4()
    send(sold.plan(run), sold.complete())

    [off] = send(sold.plan(None))

    assert off.state == "DONE"
    assert yard.batch(run)["picking_ids"] == [sold.picking]


def test_what_was_deleted_in_odoo_is_for_the_office(yard, send):
    [sold] = yard.sold()
    yard.do("stock.picking", "action_cancel", [sold.picking])
    yard.do("stock.picking", "unlink", [sold.picking])

    [entry] = send(sold.plan(uuid.uuid4()))

    assert (entry.state, entry.last_error) == ("PARKED", "The transfer was deleted in Odoo.")
