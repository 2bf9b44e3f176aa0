"""A delivery done in a real Odoo: the transfer, the invoice, the note."""

import datetime as dt

import pytest

from odoo_bridge.models import Invoice, OutboxEntry, Picking, SaleOrder
from odoo_bridge.outbox.handlers.complete_delivery import ASK_NOTHING
from odoo_bridge.outbox.invoices import CREDITED
from odoo_bridge.tests.outbox.yard import NOON
from portal.local.faulty_calls import of_method
from portal.local.faulty_faults import Fault, Reply
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
EVENING = dt.datetime(2026, 11, 21, 0, 30, tzinfo=dt.UTC)  # half past seven, the 20th, New York


@pytest.mark.parametrize("policy", ["oak", "oak_when_delivered"])
def test_the_transfer_is_done_the_invoice_posted_and_the_note_written(
    yard, send, send_again, settings, policy
):
    settings.BUSINESS_TIME_ZONE = "America/New_York"
    [sold] = yard.sold(product=getattr(yard, policy))

    [entry] = send(sold.complete(driver="Dale <3"))

    assert entry.state == "DONE", entry.last_error
    yard.delivered_once(sold)
    [invoice] = yard.invoices(sold)
    assert invoice["amount_total"] == 400
    [note] = yard.notes(sold, "Delivered by")
    assert "Delivered by Dale &lt;3, 2026-11-23 12:00 (WH/OUT/" in note["body"]
    assert note["notification_ids"] == []
    mirrored = Invoice.objects.get(odoo_id=invoice["id"])
    assert (mirrored.state, mirrored.residual) == ("posted", 400)
    assert Picking.objects.get(odoo_id=sold.picking).state == "done"
    assert SaleOrder.objects.get(odoo_id=sold.order).invoice_state == "invoiced"
    assert send_again() == []
    yard.delivered_once(sold)


def test_more_than_was_reserved_and_less_than_was_picked_is_delivered_as_asked_for(yard, send):
    [sold] = yard.sold(product=yard.product(is_storable=True))  # none in stock
    [move] = yard.rows("stock.move", [["picking_id", "=", sold.picking]], "quantity")
    assert move["quantity"] == 0

    [entry] = send(sold.complete())

    assert entry.state == "DONE", entry.last_error
    assert yard.row("stock.move", move["id"], "quantity")["quantity"] == 4
    yard.delivered_once(sold)


def test_what_a_person_has_done_already_is_left_as_it_is(yard, send, send_again):
    [sold] = yard.sold()
    [move] = yard.rows("stock.move", [["picking_id", "=", sold.picking]])
    yard.do("stock.move", "write", [move["id"]], vals={"quantity": 3, "picked": True})
    context = {"skip_sms": True, "skip_backorder": True}
    yard.do("stock.picking", "button_validate", [sold.picking], context=context)

    [entry] = send(sold.complete())

    assert entry.state == "DONE"
    assert yard.row("stock.move", move["id"], "quantity")["quantity"] == 3


def test_a_draft_invoice_is_posted_and_what_it_lacks_is_invoiced_too(yard, send, send_again):
    [sold] = yard.sold()
    draft = yard.draft(sold)
    [line] = yard.rows("account.move.line", [["move_id", "=", draft["id"]], ["quantity", "=", 4]])
    values = {"invoice_line_ids": [[1, line["id"], {"quantity": 1}]]}
    yard.do("account.move", "write", [draft["id"]], vals=values)

    [entry] = send(sold.complete())

    assert entry.state == "DONE", entry.last_error
    first, second = yard.invoices(sold)
    assert (first["id"], first["state"], first["amount_total"]) == (draft["id"], "posted", 100)
    assert (second["state"], second["amount_total"]) == ("posted", 300)
    assert send_again() == []
    assert len(yard.invoices(sold)) == 2


def test_an_order_that_was_invoiced_before_gets_no_second_invoice(yard, send):
    [sold] = yard.sold()
    send(sold.complete(delivered_at=NOON - dt.timedelta(days=1)))
    [first] = yard.invoices(sold)

    send(sold.complete())

    assert [row["id"] for row in yard.invoices(sold)] == [first["id"]]
    assert len(yard.notes(sold, "Delivered by")) == 2  # two deliveries, two notes


@pytest.mark.parametrize(
    ("zone", "day"), [("America/New_York", "2026-11-20"), ("Europe/Zurich", "2026-11-21")]
)
def test_the_invoice_is_of_the_business_s_day_of_the_delivery(yard, send, settings, zone, day):
    settings.BUSINESS_TIME_ZONE = zone
    [sold] = yard.sold()

    [entry] = send(sold.complete(delivered_at=EVENING))

    assert entry.state == "DONE", entry.last_error
    [invoice] = yard.invoices(sold)
    assert (invoice["state"], invoice["invoice_date"]) == ("posted", day)
    assert Invoice.objects.get(odoo_id=invoice["id"]).invoice_date.isoformat() == day


@pytest.mark.parametrize(("by_hand", "day"), [("2026-11-17", "2026-11-17"), (False, "2026-11-23")])
def test_a_draft_keeps_the_date_that_a_person_gave_it(yard, send, by_hand, day):
    [sold] = yard.sold()
    draft = yard.draft(sold)
    yard.do("account.move", "write", [draft["id"]], vals={"invoice_date": by_hand})

    send(sold.complete())

    [invoice] = yard.invoices(sold)
    assert (invoice["state"], invoice["invoice_date"]) == ("posted", day)


@pytest.mark.parametrize("policy", ["oak", "oak_when_delivered"])
@pytest.mark.parametrize("posted", [True, False], ids=["posted", "draft"])
def test_what_was_refunded_is_never_billed_again(yard, send, policy, posted):
    [sold] = yard.sold(product=getattr(yard, policy))
    send(sold.complete())
    [invoice] = yard.invoices(sold)
    refund = yard.refund(invoice["id"])
    if posted:
        yard.do("account.move", "action_post", [refund])

    [entry] = send(sold.complete())

    assert (entry.state, entry.failed_step) == (
        "PARKED",
        "sale.advance.payment.inv.create_invoices",
    )
    assert entry.last_error == f"Order {sold.name} {CREDITED}"
    assert {row["id"] for row in yard.invoices(sold)} == {invoice["id"], refund}


def test_beside_a_credit_note_the_office_bills_and_the_delivery_goes_on(yard, send, send_again):
    [sold] = yard.sold()
    send(sold.complete())
    [invoice] = yard.invoices(sold)
    yard.refund(invoice["id"])
    [parked] = send(sold.complete())
    replacement = yard.draft(sold)

    send_again()

    parked.refresh_from_db()
    assert parked.state == "DONE", parked.last_error
    assert len(yard.invoices(sold)) == 3
    assert yard.row("account.move", replacement["id"], "state")["state"] == "posted"


def test_a_credit_note_that_was_cancelled_refunds_nothing(yard, send):
    [sold] = yard.sold()
    send(sold.complete())
    [invoice] = yard.invoices(sold)
    yard.do("account.move", "button_cancel", [yard.refund(invoice["id"])])
    [line] = yard.rows("sale.order.line", [["order_id", "=", sold.order]])
    yard.do("sale.order.line", "write", [line["id"]], vals={"product_uom_qty": 5})

    [entry] = send(sold.complete())

    assert entry.state == "DONE", entry.last_error
    assert (
        sum(row["amount_total"] for row in yard.invoices(sold) if row["state"] == "posted") == 500
    )


def test_a_transfer_that_was_cancelled_in_odoo_is_for_the_office(yard, send):
    [sold] = yard.sold()
    yard.do("stock.picking", "action_cancel", [sold.picking])

    [entry] = send(sold.complete())

    assert (entry.state, entry.failed_step) == ("PARKED", "stock.picking.button_validate")
    assert entry.last_error.endswith("was cancelled in Odoo.")
    assert yard.invoices(sold) == []
    assert yard.notes(sold, "Delivered by") == []


def test_a_lot_that_nobody_named_is_asked_for_in_odoo_s_own_words(yard, send):
    lots = yard.product(name="Chain saw", tracking="lot", is_storable=True)
    [sold] = yard.sold(product=lots)

    [entry] = send(sold.complete())

    assert (entry.state, entry.failed_step) == ("PARKED", "stock.picking.button_validate")
    assert "You need to supply a Lot/Serial number for product" in entry.last_error
    assert yard.picking(sold)["state"] != "done"


def test_a_question_of_odoo_s_is_named(yard, send, monkeypatch):
    monkeypatch.delitem(ASK_NOTHING, "skip_sms")
    [sold] = yard.sold()

    [entry] = send(sold.complete())

    assert entry.state == "PARKED"
    assert entry.last_error == (
        "Odoo asks a question that a person must answer there: SMS (confirm.stock.sms)"
    )


def test_done_means_that_the_end_was_seen_in_odoo(yard, send, provisioned_odoo):
    """I6: a proxy that answers "true" by itself is not believed."""
    yes = Reply(200, [("Content-Type", "application/json")], b"true")
    liar = Fault("lied", lambda exchange: exchange.reply(yes))
    [sold] = yard.sold()
    with FaultyProxy(provisioned_odoo.url) as proxy:
        proxy.rule(liar, when=of_method("stock.picking", "button_validate"))
        [entry] = send(sold.complete(), client=provisioned_odoo.bot(base_url=proxy.url))

    assert (entry.state, entry.failed_step) == ("PARKED", "stock.picking.button_validate")
    assert entry.last_error == "Odoo said yes, and did not do it."


def test_what_follows_in_the_stream_waits_for_what_is_parked(yard, send):
    sold, other = yard.sold(2)
    yard.do("stock.picking", "action_cancel", [sold.picking])

    parked, waiting, done = send(sold.complete(), sold.plan(None), other.complete())

    assert [one.state for one in (parked, waiting, done)] == ["PARKED", "QUEUED", "DONE"]
    assert OutboxEntry.objects.get(pk=waiting.pk).attempts == 0
