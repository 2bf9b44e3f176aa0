"""A customer takes nothing, and a real Odoo knows."""

import uuid

import pytest

from odoo_bridge.models import Picking

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


def test_what_goes_again_leaves_its_run_and_stays_open(yard, send, send_again, settings):
    settings.BUSINESS_TIME_ZONE = "America/New_York"
    [sold] = yard.sold()
    run = uuid.uuid4()

    planned, entry = send(sold.plan(run), sold.refuse())

    assert (planned.state, entry.state) == ("DONE", "DONE"), entry.last_error
    picking = yard.picking(sold)
    assert picking["state"] in Picking.OPEN_STATES
    assert picking["batch_id"] is False
    [note] = yard.notes(sold, "Not taken")
    assert "Not taken: Too wet &lt;5 (Dale, 2026-11-23 12:00, WH/OUT/" in note["body"]
    mirror = Picking.objects.get(odoo_id=sold.picking)
    assert (mirror.state, mirror.batch_odoo_id) == (picking["state"], None)
    assert yard.invoices(sold) == []


def test_what_never_goes_again_is_cancelled_and_the_order_stays(yard, send, send_again):
    [sold] = yard.sold()

    [entry] = send(sold.refuse(goes_again=False))

    assert entry.state == "DONE", entry.last_error
    assert yard.picking(sold)["state"] == "cancel"
    assert yard.row("sale.order", sold.order, "state")["state"] == "sale"
    assert Picking.objects.get(odoo_id=sold.picking).state == "cancel"
    assert send_again() == []
    assert len(yard.notes(sold, "Not taken")) == 1


def test_what_is_done_in_odoo_cannot_be_refused(yard, send):
    [sold] = yard.sold()

    _done, entry = send(sold.complete(), sold.refuse())

    assert entry.state == "PARKED"
    assert entry.last_error.endswith("is done in Odoo already.")
    assert yard.notes(sold, "Not taken") == []


def test_what_was_cancelled_in_odoo_cannot_go_again(yard, send):
    [sold] = yard.sold()
    yard.do("stock.picking", "action_cancel", [sold.picking])

    [entry] = send(sold.refuse())

    assert entry.state == "PARKED"
    assert entry.last_error.endswith("was cancelled in Odoo.")
