"""A purchase is confirmed, received and cancelled in a real Odoo."""

from decimal import Decimal

import pytest

from odoo_bridge.client import OutcomeUnknown
from odoo_bridge.models import Move, OutboxEntry, Picking, Unit
from odoo_bridge.outbox.drain import drain
from odoo_bridge.tests.outbox import purchases as words
from odoo_bridge.tests.outbox.impatience import not_for_ever

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State


@pytest.fixture
def market(yard, db):
    return words.a_market(yard)


@pytest.fixture
def ordered(market, drained):
    """Make confirmed orders: four logs and two barks unless said."""

    def order(*items):
        made = market.order(*items)
        words.confirm(made)
        drained()
        words.all_done()
        OutboxEntry.objects.all().delete()
        made.refresh_from_db()
        return made

    return order


def in_odoo(market, order):
    return [row["qty_received"] for row in market.rows(order)]


def test_a_confirmed_order_has_a_transfer_that_brings_it(market, drained, send_again):
    order = market.order()
    words.confirm(order)

    assert drained() == ["purchase.order.load", "purchase.order.button_confirm"]

    words.all_done()
    assert market.row(order)["state"] == "purchase"
    assert market.transfers(order) == [("assigned", 2)]
    assert (order.state, order.receipt_state) == ("purchase", "pending")
    picking = Picking.objects.get(odoo_id__in=order.picking_ids)
    assert picking.kind == "incoming"
    assert Move.objects.filter(picking=picking).count() == 2
    assert send_again() == []
    assert market.transfers(order) == [("assigned", 2)]


def test_where_orders_are_approved_a_confirmed_one_waits_for_that(market, drained):
    [company] = market.yard.rows("res.company", [["id", "=", 1]], "po_double_validation")
    policy = {"po_double_validation": "two_step", "po_double_validation_amount": 10}
    market.yard.do("res.company", "write", [1], vals=policy)
    order = market.order()
    words.confirm(order)
    drained()
    market.yard.do(
        "res.company", "write", [1], vals={"po_double_validation": company["po_double_validation"]}
    )

    words.all_done()
    assert market.row(order)["state"] == "to approve"
    assert order.state == "to approve"


def test_an_order_that_was_cancelled_in_odoo_is_not_confirmed(market, drained):
    order = market.order()
    drained()
    market.yard.do("purchase.order", "button_cancel", [market.row(order)["id"]])
    words.confirm(order)

    assert drained() == []

    assert words.states()[-1] == (
        "ConfirmPurchase",
        "PARKED",
        f"Purchase {order.name} was cancelled in Odoo.",
    )


def test_all_of_it_is_received_at_once(market, ordered, drained, send_again):
    order = ordered()
    logs, bark = order.lines.order_by("odoo_id")
    words.receive(order, (logs, Decimal(0), Decimal(4)), (bark, Decimal(0), Decimal(2)))

    assert drained() == ["stock.picking.write", "stock.picking.button_validate"]

    words.all_done()
    assert in_odoo(market, order) == [4, 2]
    assert market.transfers(order) == [("done", 2)]
    logs.refresh_from_db()
    order.refresh_from_db()
    assert (logs.received, order.receipt_state) == (4, "full")
    assert send_again() == []
    assert in_odoo(market, order) == [4, 2]


def test_what_is_still_to_come_waits_on_a_transfer_of_its_own(market, ordered, drained):
    order = ordered()
    logs, bark = order.lines.order_by("odoo_id")
    words.receive(order, (logs, Decimal(0), Decimal("1.5")))

    drained()

    words.all_done()
    assert in_odoo(market, order) == [1.5, 0]
    assert [state for state, _moves in market.transfers(order)] == ["done", "assigned"]
    order.refresh_from_db()
    assert order.receipt_state == "partial"
    assert len(order.picking_ids) == 2
    words.receive(order, (logs, Decimal("1.5"), Decimal("2.5")), (bark, Decimal(0), Decimal(3)))
    drained()
    words.all_done()
    assert in_odoo(market, order) == [4, 3]
    assert [state for state, _moves in market.transfers(order)] == ["done", "done"]


def test_dozens_are_received_as_dozens_whatever_the_stock_counts_in(market, ordered, drained):
    order = ordered(market.item(quantity=3, unit=Unit.objects.get(name="Dozens")))
    line = order.lines.get()
    words.receive(order, (line, Decimal(0), Decimal(2)))

    drained()

    words.all_done()
    line.refresh_from_db()
    assert line.received == 2
    assert [state for state, _moves in market.transfers(order)] == ["done", "assigned"]


def test_who_receives_the_same_in_odoo_receives_it_once(market, ordered, drained):
    order = ordered()
    logs, bark = order.lines.order_by("odoo_id")
    receive_in_odoo(market, order, logs, 4)
    words.receive(order, (logs, Decimal(0), Decimal(4)), (bark, Decimal(0), Decimal(2)))

    drained()

    words.all_done()
    assert in_odoo(market, order) == [4, 2]


def test_who_receives_something_else_in_odoo_is_noticed(market, ordered, drained):
    order = ordered()
    logs, _bark = order.lines.order_by("odoo_id")
    receive_in_odoo(market, order, logs, 3)
    words.receive(order, (logs, Decimal(0), Decimal(4)))

    assert drained() == []

    [(_command, state, why)] = words.states()
    assert state == State.PARKED
    assert why.startswith("Of “Logs” 3 are received in Odoo, and 0 were when this was entered.")


def receive_in_odoo(market, order, line, quantity):
    """Let somebody in Odoo receive so much of a line, and leave the rest to come."""
    [move] = market.yard.rows("stock.move", [["purchase_line_id", "=", line.odoo_id]], "picking_id")
    market.yard.do("stock.move", "write", [move["id"]], vals={"quantity": quantity, "picked": True})
    others = [["picking_id", "=", move["picking_id"]], ["id", "!=", move["id"]]]
    rest = [row["id"] for row in market.yard.rows("stock.move", others)]
    market.yard.do("stock.move", "write", rest, vals={"quantity": 0, "picked": False})
    context = {"skip_sms": True, "skip_backorder": True}
    market.yard.do("stock.picking", "button_validate", [move["picking_id"]], context=context)


class Haunted:
    """A client whose first validation lands while a later try looks for what is still to come."""

    def __init__(self, client):
        self.client, self.late, self.lost = client, None, False

    def call(self, model, method, **params):
        if method == "button_validate" and not self.lost:
            self.late, self.lost = (model, method, params), True
            raise OutcomeUnknown("The connection to Odoo was lost.", f"{model}.{method}")
        if model == "stock.move":
            self.land()
        return self.client.call(model, method, **params)

    def land(self):
        if self.late:
            model, method, params = self.late
            self.late = None
            self.client.call(model, method, **params)


def test_a_receipt_whose_answer_was_lost_and_that_lands_late_is_received_once(
    market, ordered, odoo_access, provisioned_odoo, quick_outbox
):
    quick_outbox.OUTBOX_MAX_INFLIGHT_SECONDS = 3
    order = ordered()
    logs, _bark = order.lines.order_by("odoo_id")
    entry = words.receive(order, (logs, Decimal(0), Decimal(1)))
    odoo = Haunted(provisioned_odoo.bot())

    drain(odoo, odoo_access)
    entry.refresh_from_db()
    assert entry.state == State.UNKNOWN
    drain(odoo, odoo_access)
    odoo.land()
    seconds = not_for_ever()
    while entry.state != State.DONE:
        assert next(seconds), (entry.state, entry.last_error)
        drain(odoo, odoo_access)
        entry.refresh_from_db()

    assert in_odoo(market, order) == [1, 0]


def test_what_is_not_confirmed_cannot_be_received(market, drained):
    order = market.order()
    words.receive(order, (words.line_of(order, market.logs), Decimal(0), Decimal(4)))

    drained()

    market.row(order)
    assert words.states()[-1][1:] == (
        "PARKED",
        f"Purchase {order.name} is not confirmed in Odoo.",
    )


def test_a_line_that_is_gone_or_that_no_transfer_brings_is_for_a_person(market, ordered, drained):
    service = words.mirrored(
        market.yard,
        words.PRODUCT,
        [["id", "=", market.yard.product(name="Sawing", type="service")]],
    )[0]
    order = ordered(market.item(), market.item(service, 1))
    line = words.line_of(order, service)
    words.receive(order, (line, Decimal(0), Decimal(1)))
    drained()
    assert words.states()[-1][1:] == ("PARKED", "No transfer in Odoo brings “Sawing” itself.")
    OutboxEntry.objects.all().delete()
    market.yard.do("purchase.order", "button_cancel", [order.odoo_id])
    market.yard.do("purchase.order.line", "unlink", [line.odoo_id])
    words.receive(order, (line, Decimal(0), Decimal(1)))
    drained()
    assert words.states()[-1][1:] == (
        "PARKED",
        "What was received is not ordered in Odoo any more.",
    )


def test_what_is_called_off_is_cancelled_with_its_transfer(market, ordered, drained, send_again):
    order = ordered()
    words.cancel(order)

    assert drained() == ["purchase.order.button_cancel"]

    words.all_done()
    assert market.row(order)["state"] == "cancel"
    assert market.transfers(order) == [("cancel", 2)]
    assert order.state == "cancel"
    assert send_again() == []


def test_a_locked_order_is_not_cancelled_and_says_why(market, ordered, drained):
    order = ordered()
    market.yard.do("purchase.order", "button_lock", [order.odoo_id])
    words.cancel(order)

    drained()

    [(_command, state, why)] = words.states()
    assert state == State.PARKED
    assert "unlock" in why
