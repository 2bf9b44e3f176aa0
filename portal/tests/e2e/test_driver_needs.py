"""What a driver has to do: the phone insists, asks, or leaves it out, also without signal."""

import pytest
from playwright.sync_api import expect

from drivers.models import Requirement, StopAction
from portal.tests.e2e.driver import (
    SIZES,
    all_is_sent,
    arrive,
    change_kept_days,
    open_stop,
    signal,
    tap,
    too_small,
    unsent,
)
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.thirty_stops import a_photo

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PHOTO = {"name": "photo.jpg", "mimeType": "image/jpeg"}
ON_AGAIN = "window.dispatchEvent(new Event('online'))"

FORGET_NEEDS = """
    for (const run of one.day.runs) {
      for (const told of [run, ...run.stops]) { delete told.needs; delete told.did; }
    }
"""


def want(act, level="REQUIRED", **whom):
    Requirement.objects.create(act=act, level=level, **whom)


def went(what):
    return StopAction.objects.get(what=what).details


def no_signal(page):
    page.context.set_offline(True)


def test_without_the_photo_that_is_required_nothing_is_delivered(phone, stops):
    want("PHOTO", customer=stops[0].job.picking.order.customer)
    page = phone()
    no_signal(page)
    open_stop(page, stops[0])
    expect(page.get_by_role("button", name="Delivered")).to_have_count(0)
    arrive(page)
    expect(page.get_by_role("button", name="Delivered")).to_have_count(0)
    tap(page, "Only a part", "link")
    expect(page.get_by_text("Take a photo first")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    page.get_by_label("of 2 cord").press("Enter")
    unsent(page, 2)
    open_stop(page, stops[0])

    first = page.locator("label", has_text="Take a photo first").locator("input")
    first.set_input_files(PHOTO | {"buffer": a_photo()})
    tap(page, "Delivered")

    unsent(page, 4)
    signal(page)
    order = StopAction.objects.order_by("number").values_list("what", flat=True)
    assert [*order] == ["ON_MY_WAY", "ARRIVED", "PHOTO", "DELIVERED"]
    open_stop(page, stops[1])
    arrive(page)
    tap(page, "Delivered")
    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    all_is_sent(page)


def test_what_was_done_on_another_phone_is_not_asked_for_again(phone, stops):
    want("PHOTO")
    first, second = phone(), phone()
    open_stop(first, stops[0])
    first.locator("label", has_text="Photo").locator("input").set_input_files(
        PHOTO | {"buffer": a_photo()}
    )
    all_is_sent(first)

    second.evaluate(ON_AGAIN)
    open_stop(second, stops[0])
    arrive(second)
    tap(second, "Delivered")

    expect(second.locator(".chip", has_text="Delivered")).to_be_visible()
    all_is_sent(second)


def test_what_is_asked_for_is_named_once_and_may_be_left_out(phone, stops):
    want("SIGNED", "WARN")
    want("NOTED", "WARN")
    page = phone()
    open_stop(page, stops[0])
    arrive(page)
    tap(page, "Delivered")
    asked = page.get_by_role("dialog", name="This is missing")
    assert asked.get_by_role("listitem").all_inner_texts() == ["Signature", "Note"]
    tap(page, "Go back")
    expect(asked).to_have_count(0)
    assert not StopAction.objects.filter(what="DELIVERED").exists()

    tap(page, "Delivered")
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    tap(page, "Delivered")
    asked.get_by_label("Why do you go on without it?").fill("Has no hand free")
    tap(page, "Go on without it")

    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    all_is_sent(page)
    assert went("DELIVERED") == {"lines": [], "why": "Has no hand free"}


def test_what_is_off_is_not_offered(phone, stops):
    for act in ("ON_MY_WAY", "ARRIVED", "PHOTO", "SIGNED", "NOTED", "COLLECTED", "VEHICLE"):
        want(act, "OFF")
    want("LOADED", "OFF")
    page = phone()
    expect(page.get_by_role("link", name="Check the")).to_have_count(0)
    tap(page, "Start the run")
    open_stop(page, stops[0])
    expect(page.get_by_role("link", name="Trouble")).to_be_visible()
    for name in ("Photo", "Signature", "Note", "I am on my way", "I have arrived"):
        expect(page.get_by_text(name, exact=True)).to_have_count(0)
    expect(page.get_by_text("Nothing to collect")).to_be_visible()

    tap(page, "Delivered")

    expect(page.get_by_role("link", name="Back to the run").last).to_be_visible()
    expect(page.get_by_role("link", name="Money received")).to_have_count(0)
    all_is_sent(page)


def test_where_nobody_is_the_photo_shows_it_and_nobody_signs(phone, stops):
    want("PHOTO")
    want("SIGNED")
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Not taken", "link")
    why = page.get_by_label("Why was it not taken?")
    why.fill("Gate locked")
    tap(page, "Save")
    assert why.evaluate("field => field.validationMessage") == "Take a photo first"
    page.locator("label", has_text="Take a photo first").locator("input").set_input_files(
        PHOTO | {"buffer": a_photo()}
    )
    expect(page.get_by_text("Take a photo first")).to_have_count(0)
    expect(why).to_have_value("Gate locked")
    tap(page, "Save")

    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    all_is_sent(page)
    assert went("NOBODY")["reason"] == "Gate locked"


def test_a_day_that_was_kept_before_there_were_needs_goes_on(phone, stops):
    page = phone()
    no_signal(page)
    change_kept_days(page, FORGET_NEEDS)
    page.reload()
    tap(page, "Start the run")
    arrive(page)
    tap(page, "Delivered")
    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    unsent(page, 4)
    signal(page)

    assert StopAction.objects.filter(verdict="APPLIED").count() == 4


@pytest.mark.parametrize("size", sorted(SIZES))
def test_an_administrator_wants_a_photo_from_one_customer(window, stops, size):
    page = window("ADMIN", SIZES[size])
    page.goto("/setup/drivers/")
    page.get_by_role("link", name="Requirements").click()
    page.get_by_label("Customer or product").fill("diner")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Hill Diner").check()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    page.get_by_role("button", name="Add").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Photo Hill Diner")).to_have_value("REQUIRED")
    customer = stops[1].job.picking.order.customer
    assert Requirement.objects.get().customer == customer


@pytest.mark.parametrize("size", sorted(SIZES))
def test_what_is_asked_is_accessible_fits_and_takes_a_thumb(phone, stops, size):
    want("PHOTO")
    page = phone(size)
    all_is_sent(page)
    looks_right(page, size)
    tap(page, "Start the run")
    expect(page.get_by_role("dialog")).to_be_visible()
    looks_right(page, size)
    tap(page, "Go back")
    at = f"#/stop/{stops[0].uuid}"
    for where in (f"#/run/{stops[0].run.uuid}/load", f"{at}/part", f"{at}/left", at):
        page.evaluate("where => location.hash = where", where)
        looks_right(page, size)
    assert page.problems == []


def looks_right(page, size):
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    if size == "phone":
        assert too_small(page) == []
