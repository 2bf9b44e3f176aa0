"""From a real Odoo to the board, the driver, and back: returns, and what we fetch at a vendor."""

import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from odoo_bridge.client import odoo_datetime
from odoo_bridge.commands import Handed
from odoo_bridge.models import OutboxEntry, Picking, SaleOrder
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.drain import drain
from odoo_bridge.outbox.to_odoo import command_of
from odoo_bridge.sync.specs import MOVE, PARTNER, PICKING, PURCHASE_ORDER, SALE_ORDER
from odoo_bridge.tests.outbox.purchases import a_market, confirm, mirrored
from odoo_bridge.tests.outbox.yard import Yard
from scheduling.models import FetchedPurchase, Job, Stop
from scheduling.services.complete_job import complete_job
from scheduling.services.follow_pickings import follow_pickings
from scheduling.tests.conftest import BOARD_DAY, put

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
OF_PICKING = ("state", "scheduled_date", "batch_id", "picking_type_code", "return_id")


@pytest.fixture
def yard(provisioned_odoo, db):
    odoo = provisioned_odoo
    return Yard(client=odoo.client(), instance=odoo.access["instance"])


@pytest.fixture
def send(provisioned_odoo, odoo_access):
    """Send what is promised; return what is not done of it."""

    def send_all():
        drain(provisioned_odoo.bot(), odoo_access)
        entries = OutboxEntry.objects.exclude(state=OutboxEntry.State.DONE)
        return [(entry.command, entry.state, entry.last_error) for entry in entries]

    return send_all


def polled(yard, *pickings):
    """Read transfers with what is on them and whom they are from, as polls do."""
    found = mirrored(yard, PICKING, [["id", "in", pickings]])
    mirrored(yard, PARTNER, [["id", "in", [one.destination_odoo_id for one in found]]])
    mirrored(yard, MOVE, [["picking_id", "in", pickings]])
    return found


def returned(yard, sold, quantity):
    """Let a person return so much of an order that was delivered; return the transfer."""
    move = yard.rows("stock.move", [["picking_id", "=", sold.picking]], "product_uom_qty")[0]
    vals = {"quantity": move["product_uom_qty"], "picked": True}
    yard.do("stock.move", "write", [move["id"]], vals=vals)
    asks_nothing = {"skip_sms": True, "skip_backorder": True}
    yard.do("stock.picking", "button_validate", [sold.picking], context=asks_nothing)
    wizard = yard.make("stock.return.picking", picking_id=sold.picking)
    [line] = yard.rows("stock.return.picking.line", [["wizard_id", "=", wizard]])
    yard.do("stock.return.picking.line", "write", [line["id"]], vals={"quantity": quantity})
    return yard.do("stock.return.picking", "action_create_returns", [wizard])["res_id"]


def planned(job, truck, dispatcher):
    put(job, truck, dispatcher, day=BOARD_DAY)
    # What the run of a truck that Odoo does not have comes to is not this test's.
    OutboxEntry.objects.filter(command="PlanRun").delete()
    return Stop.objects.get(job=job)


def fetch(stop, dispatcher, goods=()):
    act = {"delivery_uuid": uuid.uuid4(), "at": timezone.now(), "by": dispatcher}
    complete_job(stop_id=stop.pk, goods=goods, **act)


def notes(yard, picking):
    domain = [["model", "=", "stock.picking"], ["res_id", "=", picking]]
    return yard.rows("mail.message", [*domain, ["body", "ilike", "Fetched by"]])


def test_what_a_customer_returns_is_planned_fetched_and_received(yard, send, truck, dispatcher):
    [sold] = yard.sold()
    mirrored(yard, SALE_ORDER, [["id", "=", sold.order]])
    transfer = returned(yard, sold, 1.5)
    polled(yard, transfer, sold.picking)
    follow_pickings()
    job = Job.objects.get()
    assert (job.kind, job.picking.odoo_id) == (Job.Kind.PICKUP, transfer)
    assert job.picking.order == SaleOrder.objects.get()
    assert job.customer.name == "Ann <Ashland>"
    before = yard.row("stock.picking", transfer, *OF_PICKING)
    assert (before["state"], before["picking_type_code"]) == ("assigned", "incoming")

    stop = planned(job, truck, dispatcher)
    assert send() == []
    after = yard.row("stock.picking", transfer, *OF_PICKING)
    assert after["scheduled_date"] == odoo_datetime(stop.run.starts_at)
    assert {**after, "scheduled_date": 0} == {**before, "scheduled_date": 0}, "and nothing else"
    job.picking.refresh_from_db()
    assert job.picking.scheduled_at == stop.run.starts_at

    fetch(stop, dispatcher)
    assert send() == []
    [move] = yard.rows("stock.move", [["picking_id", "=", transfer]], "state", "quantity")
    assert (move["state"], move["quantity"]) == ("done", 1.5)
    job.picking.refresh_from_db()
    assert (job.picking.state, job.picking.moves.get().state) == ("done", "done")
    [line] = yard.rows("sale.order.line", [["order_id", "=", sold.order]], "qty_delivered")
    assert line["qty_delivered"] == 2.5
    assert len(notes(yard, transfer)) == 1

    entry = OutboxEntry.objects.latest("pk")
    enqueue(command_of(entry), by=None)  # its answer was lost
    assert send() == []
    assert len(notes(yard, transfer)) == 1


def test_what_we_bought_is_fetched_and_received_of_its_purchase(yard, send, truck, dispatcher):
    market = a_market(yard)
    order = market.order()
    confirm(order)
    assert send() == []
    order.refresh_from_db()
    mirrored(yard, PURCHASE_ORDER, [["id", "=", order.odoo_id]])
    order.refresh_from_db()
    polled(yard, *order.picking_ids)
    follow_pickings()
    assert not Job.objects.exists(), "they send it"
    FetchedPurchase.objects.create(purchase=order, said_by=dispatcher)
    follow_pickings()
    job = Job.objects.get()

    fetch(planned(job, truck, dispatcher), dispatcher)
    assert send() == []

    assert market.transfers(order) == [("done", 2)]
    assert [row["qty_received"] for row in market.rows(order)] == [4, 2]
    order.refresh_from_db()
    assert order.receipt_state == "full"
    assert [line.received for line in order.lines.order_by("odoo_id")] == [4, 2]
    assert Picking.objects.get(pk=job.picking_id).state == "done"


@pytest.mark.parametrize("done", [False, True])
def test_what_is_over_in_odoo_is_said_so(yard, send, truck, dispatcher, done):
    [sold] = yard.sold()
    transfer = returned(yard, sold, 1)
    polled(yard, transfer)
    follow_pickings()
    stop = planned(Job.objects.get(), truck, dispatcher)
    yard.do("stock.picking", "action_cancel", [transfer])
    if done:
        OutboxEntry.objects.all().delete()
        fetch(stop, dispatcher)

    [(_command, state, error)] = send()

    assert state == "PARKED"
    assert "was cancelled in Odoo" in error


def test_what_is_left_of_a_return_is_to_be_fetched_again(yard, send, truck, dispatcher):
    [sold] = yard.sold()
    mirrored(yard, SALE_ORDER, [["id", "=", sold.order]])
    transfer = returned(yard, sold, 3)
    polled(yard, transfer, sold.picking)
    follow_pickings()
    job = Job.objects.get()
    part = Handed(move_odoo_id=job.picking.moves.get().odoo_id, quantity=Decimal(1))

    fetch(planned(job, truck, dispatcher), dispatcher, goods=(part,))
    assert send() == []

    moves = yard.rows("stock.move", [["picking_id", "=", transfer]], "state", "quantity")
    assert [(move["state"], move["quantity"]) for move in moves] == [("done", 1)]
    [rest] = yard.rows("stock.picking", [["backorder_id", "=", transfer]], "state")
    polled(yard, rest["id"])
    follow_pickings()
    again = Job.objects.get(state=Job.State.TO_SCHEDULE)
    assert (again.kind, again.picking.odoo_id) == (Job.Kind.PICKUP, rest["id"])
    assert again.picking.moves.get().demand == 2
