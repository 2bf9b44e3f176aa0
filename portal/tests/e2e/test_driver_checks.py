"""What is checked before a run begins, and asked before it ends, also without signal."""

import pytest
from playwright.sync_api import expect

from drivers.models import StopAction
from portal.testing.mirrors import ProductFactory
from portal.tests.e2e.driver import SIZES, all_is_sent, open_stop, signal, tap, unsent
from portal.tests.e2e.test_driver_needs import ON_AGAIN, no_signal, want, went
from scheduling.models import Stop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_run_begins_with_its_checks_or_with_a_reason(phone, stops):
    want("LOADED")
    page = phone()
    tap(page, "Check the load first", "link")
    expect(page.get_by_text("6 cord")).to_be_visible()
    tap(page, "All is there")
    expect(page.get_by_role("link", name="✓ Check the load")).to_be_visible()
    tap(page, "Start the run")
    asked = page.get_by_role("dialog")
    assert asked.get_by_role("listitem").all_inner_texts() == ["Check of the truck"]
    asked.get_by_label("Why do you go on without it?").fill("Ben did it")
    tap(page, "Go on without it")

    expect(page.get_by_role("button", name="Start the run")).to_have_count(0)
    all_is_sent(page)
    assert went("STARTED") == {"why": "Ben did it"}
    assert went("LOADED") == {"lines": [], "note": ""}


def test_another_load_is_told_from_the_yard_without_signal(phone, stops, window):
    stops[1].job.picking.moves.update(product=ProductFactory(name="Pine bark", unit="yd"))
    page = phone()
    page.reload()
    expect(page.get_by_text("2 yd Pine bark").first).to_be_visible()
    no_signal(page)
    tap(page, "Check the load", "link")
    wood, bark = page.get_by_label("Oak").first, page.get_by_label("Pine bark")
    for wrong in ("", "much", "-1"):
        bark.fill(wrong)
        tap(page, "Save what is loaded")
        assert bark.evaluate("field => !field.validity.valid"), wrong
    bark.fill("1,5")
    wood.fill("2.0")
    page.get_by_label("What should the office know?").fill("The pile is empty")
    tap(page, "Save what is loaded")
    expect(page.get_by_role("link", name="✓ Check the load")).to_be_visible()
    unsent(page, 1)
    page.reload()
    unsent(page, 1)
    signal(page)

    [move] = stops[1].job.picking.moves.all()
    line = {"move": move.pk, "quantity": "1.5", "of": "2"}
    said = {"lines": [line], "note": "The pile is empty"}
    assert went("LOADED") == said
    office = window("OFFICE", SIZES["office"])
    office.goto("/runs/")
    expect(office.get_by_text("loaded 1.5 of 2 yd")).to_be_visible()


def test_what_was_typed_is_not_dropped_and_too_much_is_asked_about(phone, stops):
    page, said = phone(), []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    tap(page, "Check the truck", "link")
    page.get_by_label("What is wrong with the truck").fill("The lamp is broken")
    tap(page, "All is well")
    expect(page.get_by_label("What is wrong with the truck")).to_have_value("The lamp is broken")
    tap(page, "Report it")
    tap(page, "Check the load", "link")
    page.get_by_label("Oak").first.fill("20")
    tap(page, "All is there")
    tap(page, "Save what is loaded")
    expect(page.get_by_label("Oak").first).to_have_value("20")
    page.get_by_label("Oak").first.fill("1.5")
    tap(page, "Save what is loaded")
    tap(page, "✓ Check the load", "link")
    expect(page.get_by_label("Oak").first).to_have_value("1.5")
    tap(page, "All is there")
    expect(page.get_by_label("Oak").first).to_have_value("1.5")
    all_is_sent(page)

    asked = "What you typed below is not sent with this. Go on without it?"
    more = "20 cord of Oak, seasoned is more than the 2 planned. Is it so?"
    assert said[:3] == [asked, asked, more]
    assert said[3:] == ["You said before that something is different. Is all there now?"]
    assert went("VEHICLE") == {"defects": "The lamp is broken"}
    assert [line["quantity"] for line in went("LOADED")["lines"]] == ["1.5"]


def test_money_that_is_not_taken_is_explained_or_required_before_the_end(phone, stops):
    want("COLLECTED", customer=stops[1].job.picking.order.customer)
    Stop.objects.filter(pk=stops[2].pk).delete()
    page = phone()
    page.reload()
    for stop in stops[:2]:
        open_stop(page, stop)
        tap(page, "Delivered")
    expect(page.get_by_role("link", name="Money received")).to_be_visible()
    open_stop(page, stops[0])
    tap(page, "Money received", "link")
    tap(page, "Not paid now")
    page.get_by_label("Why do you go on without it?").fill("Pays on Friday")
    tap(page, "Go on without it")

    tap(page, "Money first: Hill Diner", "link")
    expect(page.get_by_role("button", name="Not paid now")).to_have_count(0)
    page.get_by_label("Amount received").fill("412")
    tap(page, "Money received")
    expect(page.get_by_role("button", name="End the run")).to_be_visible()
    all_is_sent(page)
    tap(page, "End the run")

    expect(page.get_by_text("The run is over.")).to_be_visible()
    all_is_sent(page)
    assert went("NOTED") == {"text": "Pays on Friday", "instead_of": "COLLECTED"}


def test_the_end_of_the_run_asks_for_money_nobody_spoke_of(phone, stops):
    Stop.objects.filter(pk__in=[stop.pk for stop in stops[1:]]).delete()
    page = phone()
    page.reload()
    open_stop(page, stops[0])
    tap(page, "Delivered")
    expect(page.get_by_role("link", name="Money received")).to_be_visible()
    all_is_sent(page)
    page.evaluate("location.hash = '/'")
    tap(page, "End the run")
    expect(page.get_by_role("dialog")).to_contain_text("A. Whitfield · $\u00a0412.00")
    tap(page, "Go back")
    tap(page, "End the run")
    tap(page, "Go on without it")

    expect(page.get_by_text("The run is over.")).to_be_visible()
    all_is_sent(page)
    assert went("NOTED")["text"] == "Not paid now"


def test_what_was_said_of_money_on_one_phone_is_not_asked_on_another(phone, stops):
    Stop.objects.filter(pk__in=[stop.pk for stop in stops[1:]]).delete()
    first, second = phone(), phone()
    open_stop(first, stops[0])
    tap(first, "Delivered")
    tap(first, "Money received", "link")
    tap(first, "Not paid now")
    tap(first, "Go on without it")
    expect(first.get_by_role("button", name="End the run")).to_be_visible()
    all_is_sent(first)

    second.evaluate(ON_AGAIN)
    tap(second, "End the run")

    expect(second.get_by_text("The run is over.")).to_be_visible()
    expect(second.get_by_role("dialog")).to_have_count(0)
    all_is_sent(second)


def test_what_is_required_before_the_run_holds_its_stops(phone, stops):
    want("VEHICLE")
    page = phone()
    green = page.locator("main .button.main")
    expect(green).to_have_text("Check the truck first")
    open_stop(page, stops[0])
    expect(green).to_have_text("Start the run first")
    for name in ("Delivered", "I am on my way"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    page.evaluate("where => location.hash = where", f"#/stop/{stops[0].uuid}/left")
    expect(green).to_have_text("Start the run first")
    green.tap()
    tap(page, "Check the truck first", "link")
    page.get_by_role("button", name="All is well").dblclick()
    expect(green).to_have_text("Start the run")
    tap(page, "Start the run")

    expect(green).to_have_text("I am on my way")
    all_is_sent(page)
    assert [act.what for act in StopAction.objects.order_by("number")] == ["VEHICLE", "STARTED"]


def test_one_green_button_stands_on_the_first_screen(phone, stops):
    page = phone()

    expect(page.locator("main .button.main")).to_have_text("Start the run")
    expect(page.get_by_role("button", name="I am on my way")).to_be_visible()
