"""Every write of every saga meets every fault once: Odoo has its effect exactly once.

A few of each meet them in `make test`, and all of them in `make chaos`.
"""

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from odoo_bridge.commands import CancelOrder, ConfirmOrder, Handed, RecordCustomer
from odoo_bridge.models import Conflict, OutboxEntry, Payment
from odoo_bridge.outbox.to_odoo import command_of
from odoo_bridge.services.promise_customer import promise_customer
from odoo_bridge.tests.outbox.customers import a_customer
from odoo_bridge.tests.outbox.impatience import LATE_ANSWER, ZOMBIE
from odoo_bridge.tests.outbox.orders import a_shop
from odoo_bridge.tests.outbox.productions import a_workshop, finish, plan, start
from odoo_bridge.tests.outbox.purchases import a_market, promise_mirrors
from portal.local.faulty_faults import (
    BAD_GATEWAY,
    DROP_ANSWER,
    DROP_BEFORE,
    DUPLICATE,
    TRUNCATE,
)

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
FAULTS = (DROP_BEFORE, DROP_ANSWER, DUPLICATE, TRUNCATE, BAD_GATEWAY, LATE_ANSWER, ZOMBIE)


def met(*faults, later=()):
    """Give a test each of these faults, and in the long runs those that come ``later``."""
    long_run = [pytest.param(fault, marks=pytest.mark.long) for fault in later]
    return pytest.mark.parametrize("fault", [*faults, *long_run], ids=lambda fault: fault.name)


every_fault = met(DROP_ANSWER, later=[fault for fault in FAULTS if fault is not DROP_ANSWER])


@every_fault
def test_a_run_has_one_batch(yard, survive, send, fault):
    for target in ("stock.picking.batch.load", "stock.picking.batch.write"):
        run = yard.run(title=f"Faulty {uuid.uuid4()}")
        if target.endswith("write"):
            send(yard.sold()[0].plan(run.run_uuid))

        survive(run, fault, target)

        assert len(yard.rows("stock.picking.batch", [["description", "=", run.title]])) == 1
        assert yard.batch(run.run_uuid)["vehicle_id"] == yard.trucks[0]
        assert len(yard.ours("run", run.run_uuid)) == 1


@every_fault
def test_a_delivery_is_planned_once(yard, survive, fault):
    # The first write of the transfer takes it off its old batch.
    for target in ("stock.picking.batch.load", "sale.order.write", "stock.picking.write"):
        [sold] = yard.sold()
        yard.make("stock.picking.batch", picking_ids=[[6, 0, [sold.picking]]])
        run = uuid.uuid4()

        survive(sold.plan(run), fault, target)

        yard.planned_once(sold, run)


@every_fault
def test_a_delivery_without_a_run_is_put_on_one_once(yard, survive, fault):
    [sold] = yard.sold()
    run = uuid.uuid4()

    survive(sold.plan(run), fault, "stock.picking.write")

    yard.planned_once(sold, run)


@every_fault
def test_a_delivery_is_done_and_billed_once(yard, survive, fault):
    targets = (
        "stock.picking.write",
        "stock.picking.button_validate",
        "sale.advance.payment.inv.create",
        "sale.advance.payment.inv.create_invoices",
        "account.move.write",
        "account.move.action_post",
        "mail.message.load",
    )
    sold = yard.sold(len(targets), product=yard.oak_when_delivered)
    for one, target in zip(sold, targets, strict=True):
        survive(one.complete(), fault, target)

        yard.delivered_once(one)


@met(DROP_ANSWER, DUPLICATE, ZOMBIE, later=[DROP_BEFORE, TRUNCATE, BAD_GATEWAY, LATE_ANSWER])
def test_i16_for_one_payment_intent_there_is_at_most_one_posted_payment(yard, survive, fault):
    targets = (
        "account.payment.load",
        "account.payment.action_post",
        "account.move.line.reconcile",
        "mail.message.load",
    )
    sold = yard.sold(len(targets))
    yard.bill(sold)
    for one, target in zip(sold, targets, strict=True):
        payment = Payment.objects.create(amount=one.total)

        survive(one.collect(payment.uuid), fault, target)

        yard.paid_once(one, payment.uuid)
        payment.refresh_from_db()
        assert [payment.odoo_id] == yard.ours("payment", payment.uuid)


@every_fault
def test_a_customer_is_changed_once_and_is_no_conflict_with_ourselves(yard, survive, fault):
    # Odoo shows nothing in these fields, and that is what the person saw.
    customer = a_customer(yard, phone=False, street=False, zip=False, city=False)
    command = customer.command(phone="606-555-0102", street="2 Elm St", note="Dog")

    survive(command, fault, "res.partner.write")

    row = customer.row()
    changed = (row["phone"], row["street"], row["comment"])
    assert changed == ("606-555-0102", "2 Elm St", "<p>Dog</p>")
    assert customer.mirror().street == "2 Elm St"
    assert not Conflict.objects.exists()


@met(DROP_ANSWER, later=[DUPLICATE, ZOMBIE])
def test_a_customer_is_made_once(yard, survive, fault):
    name = f"Faulty {uuid.uuid4()}"
    command = RecordCustomer(partner_uuid=uuid.uuid4(), full_name=name)
    partner = promise_customer(command, by=None)
    OutboxEntry.objects.all().delete()

    survive(command, fault, "res.partner.load")

    partner.refresh_from_db()
    assert [row["id"] for row in yard.rows("res.partner", [["name", "=", name]])] == [
        partner.odoo_id
    ]


@met(DROP_ANSWER, later=[DUPLICATE, BAD_GATEWAY, ZOMBIE])
def test_a_purchase_is_placed_confirmed_and_partly_received_once(yard, survive, fault):
    market = a_market(yard)
    place, confirm, receive = market.commands(came=1)
    promise_mirrors(place)

    survive(place, fault, "purchase.order.load")
    survive(confirm, fault, "purchase.order.button_confirm")
    survive(receive, fault, "stock.picking.button_validate")

    market.received_once(place.purchase_uuid, came=1)


@met(DROP_ANSWER, later=[DUPLICATE])
def test_an_order_is_placed_confirmed_and_cancelled_once(yard, survive, fault):
    shop = a_shop(yard)
    order = shop.order()
    place = command_of(OutboxEntry.objects.get())
    OutboxEntry.objects.all().delete()

    survive(place, fault, "sale.order.load")
    survive(ConfirmOrder(order_uuid=order.uuid), fault, "sale.order.action_confirm")
    survive(CancelOrder(order_uuid=order.uuid), fault, "sale.order.action_cancel")

    assert len(yard.ours("order", order.uuid)) == 1
    assert shop.row(order)["state"] == "cancel"
    assert len(shop.rows(order)) == 1
    assert shop.transfers(order) == ["cancel"]


@met(DROP_ANSWER, later=[DUPLICATE])
def test_a_part_is_delivered_and_the_rest_refused_once(yard, survive, fault):
    [sold] = yard.sold(product=yard.oak_when_delivered)
    [move] = yard.rows("stock.move", [["picking_id", "=", sold.picking]])
    goods = (Handed(move_odoo_id=move["id"], quantity=Decimal(1)),)

    survive(sold.complete(goods=goods), fault, "stock.picking.button_validate")

    [rest] = yard.rows("stock.picking", [["backorder_id", "=", sold.picking]])
    assert [invoice["amount_total"] for invoice in yard.invoices(sold)] == [100]
    again = replace(sold, picking=rest["id"])
    survive(again.refuse(goes_again=False), fault, "stock.picking.action_cancel")
    assert yard.picking(again)["state"] == "cancel"
    assert len(yard.notes(sold, "Not taken")) == 1


@met(DROP_ANSWER, later=[DUPLICATE])
def test_a_production_is_planned_started_and_finished_in_part_once(yard, survive, fault):
    workshop = a_workshop(yard)
    production = workshop.order()

    survive(plan(production), fault, "mrp.production.write")
    row = workshop.row(production)
    assert row["date_finished"] == "2026-12-08 13:00:00"
    survive(start(production), fault, "mrp.production.action_start")
    survive(finish(production, 6), fault, "mrp.production.button_mark_done")

    assert (workshop.row(production)["qty_produced"], workshop.consumed(production)) == (6, 12)
    assert [rest["product_qty"] for rest in workshop.rest(production)] == [4]


@met(ZOMBIE, later=[DROP_ANSWER])
def test_what_is_spoilt_is_taken_out_once(yard, survive, fault):
    workshop = a_workshop(yard)
    production = workshop.order()
    spoilt = (workshop.scrap(workshop.bundle, 1),)

    survive(finish(production, 10, scrapped=spoilt), fault, "stock.scrap.do_scrap")

    assert workshop.scraps(production) == [("done", workshop.bundle, 1, 1)]
