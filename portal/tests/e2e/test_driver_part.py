"""Only a part is handed over: the phone asks for its price, with signal or without."""

import pytest
from playwright.sync_api import expect

from drivers.models import Collection, StopAction
from odoo_bridge.models import Move, Partner, SaleOrderLine
from portal.tests.e2e.driver import all_is_sent, change_kept_days, open_stop, signal, tap, unsent

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
UNKNOWN = "Only a part was handed over, and $\u00a0412.00 is for the whole order."

FORGET_TICKETS = """
    for (const stop of one.day.runs.flatMap((run) => run.stops)) delete stop.ticket;
"""


@pytest.fixture
def priced(stops):
    """Let Odoo name the price of the first stop's goods: 412.00 for two cords."""
    order = stops[0].job.order
    line = SaleOrderLine.objects.create(odoo_id=1, order=order, quantity=2, total="412.00")
    Move.objects.filter(picking=stops[0].job.picking_id).update(order_line=line)


def hand_over(page, stop, quantity="1.5"):
    open_stop(page, stop)
    tap(page, "Only a part", "link")
    page.get_by_label("of 2 cord").fill(quantity)
    page.get_by_label("Why is it less?").fill("Too wet")
    tap(page, "Save")
    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()


def pay(page, amount, reason=""):
    page.get_by_label("Amount received").fill(amount)
    page.get_by_label("Why is it another amount?").fill(reason)
    tap(page, "Money received")


def said_of(page, label):
    return page.get_by_label(label).evaluate("field => field.validationMessage")


def test_without_signal_its_price_is_asked_for_and_explains_itself(phone, stops, priced):
    page = phone()
    all_is_sent(page)
    page.context.set_offline(True)
    hand_over(page, stops[0])
    expect(page.get_by_text("$\u00a0309.00", exact=True)).to_be_visible()
    tap(page, "Money received", "link")
    expect(page.get_by_text("With the rest it is $\u00a0412.00.")).to_be_visible()
    pay(page, "412.01")
    assert said_of(page, "Amount received").startswith("$\u00a0412.00 is due")
    for amount, words in (("300", "Say why it is less."), ("400", "Say why it is more.")):
        pay(page, amount)
        assert said_of(page, "Why is it another amount?") == f"$\u00a0309.00 is due. {words}"
    pay(page, "309")
    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="A. Whitfield")
    expect(row).to_contain_text("1.5 cord")
    unsent(page, 2)
    expect(page.get_by_text("still open")).to_have_count(0)

    signal(page)
    taken = Collection.objects.get()
    assert (taken.amount, taken.reason) == (309, "Only a part was handed over.")
    [line] = StopAction.objects.get(what="DELIVERED").details["lines"]
    assert (line["quantity"], line["of"], line["reason"]) == ("1.5", "2", "Too wet")
    expect(page.get_by_text("still open")).to_have_count(0)


def test_another_phone_asks_for_the_same(phone, stops, priced):
    first, second = phone(), phone()
    hand_over(first, stops[0])
    all_is_sent(first)

    second.evaluate("window.dispatchEvent(new Event('online'))")

    expect(second.get_by_text("$\u00a0309.00 still open")).to_be_visible()


def test_the_link_to_pay_by_card_is_about_the_part(phone, stops, priced):
    Partner.objects.filter(pk=stops[0].job.picking.destination_id).update(phone="(606) 555-0123")
    page = phone()
    hand_over(page, stops[0])
    tap(page, "Money received", "link")
    tap(page, "Text a link to pay by card")
    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()

    all_is_sent(page)
    act = StopAction.objects.get(what="CARD_LINK")
    assert (act.verdict, act.details) == ("APPLIED", {"amount": "309.00"})


def test_where_nobody_knows_the_price_the_paper_says_it(phone, stops):
    Partner.objects.filter(pk=stops[0].job.picking.destination_id).update(phone="(606) 555-0123")
    page = phone()
    all_is_sent(page)
    page.context.set_offline(True)
    hand_over(page, stops[0])
    tap(page, "Money received", "link")
    expect(page.get_by_text(f"{UNKNOWN} Send first, or take what the paper says.")).to_be_visible()
    expect(page.get_by_label("Amount received")).to_have_value("")
    tap(page, "Text a link to pay by card")
    assert said_of(page, "Amount received") == "Type an amount."

    signal(page)
    expect(page.get_by_text(f"{UNKNOWN} Take what the paper says")).to_be_visible()
    pay(page, "300")
    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    all_is_sent(page)
    assert Collection.objects.get().reason == "Only a part was handed over."


def test_a_day_that_was_kept_before_there_were_tickets_says_to_send_first(phone, stops, priced):
    page = phone()
    all_is_sent(page)
    page.context.set_offline(True)
    change_kept_days(page, FORGET_TICKETS)
    page.reload()
    hand_over(page, stops[0])
    expect(page.get_by_text(UNKNOWN)).to_be_visible()

    signal(page)
    expect(page.get_by_text("$\u00a0309.00", exact=True)).to_be_visible()
