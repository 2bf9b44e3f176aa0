"""SIGKILL before and after every call of the sagas that come after the main job."""

import uuid

import pytest

from odoo_bridge.client import Kind
from odoo_bridge.commands import (
    About,
    AddNote,
    BlockNumber,
    CancelOrder,
    ChangeLead,
    CompletePickup,
    ConfirmOrder,
    PlanPickup,
    RecordCustomer,
    UnblockNumber,
)
from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.to_odoo import command_of
from odoo_bridge.services.promise_customer import promise_customer
from odoo_bridge.tests.outbox.leads import a_lead
from odoo_bridge.tests.outbox.orders import a_shop
from odoo_bridge.tests.outbox.productions import a_workshop, finish, plan, start
from odoo_bridge.tests.outbox.purchases import a_market
from odoo_bridge.tests.outbox.yard import NOON

pytestmark = [pytest.mark.odoo, pytest.mark.long, pytest.mark.django_db(transaction=True)]


def all_promised():
    """Return what was promised so far, as each process shall promise it anew."""
    commands = [command_of(entry) for entry in OutboxEntry.objects.order_by("pk")]
    OutboxEntry.objects.all().delete()
    return commands


def test_a_purchase_is_placed_confirmed_and_partly_received(kill_everywhere, yard):
    market = a_market(yard)

    killed = kill_everywhere(lambda count: [market.commands(came=1) for _ in range(count)])

    assert len(killed) == 2 * 21 + 1, "undisturbed, and killed before and after each call"
    for placed, _confirmed, _received in killed:
        market.received_once(placed.purchase_uuid, came=1)


def test_an_order_is_placed_confirmed_and_cancelled(kill_everywhere, yard):
    shop, orders = a_shop(yard), []

    def make(count):
        orders.extend(new := [shop.order(shop.item(), shop.item(2)) for _ in range(count)])
        return [
            (place, ConfirmOrder(order_uuid=order.uuid), CancelOrder(order_uuid=order.uuid))
            for order, place in zip(new, all_promised(), strict=True)
        ]

    killed = kill_everywhere(make)

    assert len(killed) > 10
    for order in orders:
        [made] = yard.ours("order", order.uuid)
        assert yard.row("sale.order", made, "state")["state"] == "cancel"
        assert len(yard.rows("sale.order.line", [["order_id", "=", made]])) == 2
        transfers = yard.rows("stock.picking", [["sale_id", "=", made]], "state")
        assert [one["state"] for one in transfers] == ["cancel"]


def test_a_delivery_that_nobody_took_is_called_off(kill_everywhere, yard):
    sold = []

    def make(count):
        sold.extend(new := yard.sold(count))
        return [one.refuse(goes_again=False) for one in new]

    kill_everywhere(make)

    for one in sold:
        assert yard.picking(one)["state"] == "cancel"
        assert len(yard.notes(one, "Not taken")) == 1


def test_what_our_truck_fetches_is_planned_and_received(kill_everywhere, yard):
    pickings = []

    def make(count):
        pickings.extend(new := [yard.returned() for _ in range(count)])
        about = [{"picking_uuid": uuid.uuid4(), "picking_odoo_id": one} for one in new]
        fetched = {"fetched_at": NOON, "driver": "Dale"}
        return [
            (
                PlanPickup(**one, scheduled_at=NOON),
                CompletePickup(**one, **fetched, pickup_uuid=uuid.uuid4()),
            )
            for one in about
        ]

    killed = kill_everywhere(make)

    assert len(killed) > 2 * 4
    for picking in pickings:
        assert yard.row("stock.picking", picking, "state")["state"] == "done"
        [move] = yard.rows("stock.move", [["picking_id", "=", picking]], "quantity", "state")
        assert (move["quantity"], move["state"]) == (4, "done")
        noted = [["model", "=", "stock.picking"], ["res_id", "=", picking]]
        assert len(yard.rows("mail.message", [*noted, ["body", "ilike", "Fetched by"]])) == 1


def test_a_production_is_planned_started_and_finished_in_part(kill_everywhere, yard):
    workshop, productions = a_workshop(yard), []

    def make(count):
        productions.extend(new := [workshop.order() for _ in range(count)])
        return [
            (
                plan(one),
                start(one),
                finish(one, 6, scrapped=(workshop.scrap(workshop.bundle, 1),)),
            )
            for one in new
        ]

    kill_everywhere(make)

    for one in productions:
        assert (workshop.row(one)["qty_produced"], workshop.consumed(one)) == (6, 12)
        assert workshop.scraps(one) == [("done", workshop.bundle, 1, 1)]


def test_a_lead_is_changed_noted_converted_and_lost(kill_everywhere, yard):
    leads = []

    def make(count):
        leads.extend(new := [a_lead(yard) for _ in range(count)])
        return [
            (
                ChangeLead(lead_uuid=lead.uuid, company="Alvarez & Sons", city="Ashland"),
                AddNote(
                    about=About.LEAD, about_uuid=lead.uuid, note_uuid=uuid.uuid4(), text="Gate 12"
                ),
                lead.convert(),
                lead.lose("No truck in March"),
            )
            for lead in new
        ]

    kill_everywhere(make)

    for lead in leads:
        row = lead.row("partner_name", "city", "won_status")
        assert (row["partner_name"], row["city"]) == ("Alvarez & Sons", "Ashland")
        assert (row["type"], row["won_status"], row["active"]) == ("opportunity", "lost", False)
        log = lead.log()
        assert [sum(said in line for line in log) for said in ("Gate 12", "No truck")] == [1, 1]
        assert len(yard.rows("res.partner", [["name", "=", row["contact_name"]]])) == 1


def test_a_number_is_blocked_and_unblocked(kill_everywhere, yard):
    numbers = []

    def make(count):
        new = [f"+1606{uuid.uuid4().int % 10_000_000:07}" for _ in range(count)]
        numbers.extend(new)
        return [(BlockNumber(number=one), UnblockNumber(number=one)) for one in new]

    kill_everywhere(make)

    for number in numbers:
        rows = yard.client.call(
            "phone.blacklist",
            "search_read",
            kind=Kind.READ,
            domain=[["number", "=", number], ["active", "in", [True, False]]],
            fields=["active"],
        )
        assert [row["active"] for row in rows] == [False]


def test_a_customer_is_new(kill_everywhere, yard):
    name = f"Killed {uuid.uuid4()}"

    def make(count):
        for _ in range(count):
            promise_customer(RecordCustomer(partner_uuid=uuid.uuid4(), full_name=name), by=None)
        return all_promised()

    killed = kill_everywhere(make)

    assert len(yard.rows("res.partner", [["name", "=", name]])) == len(killed)
    assert {len(yard.ours("partner", one.partner_uuid)) for one in killed} == {1}
