"""A run that begins without signal, ends early, or whose driver wants to sign out."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import Drive, StopAction
from odoo_bridge.models import Move
from portal.tests.e2e.driver import all_is_sent, change_kept_days, open_stop, signal, tap, unsent
from portal.tests.e2e.thirty_stops import a_photo
from scheduling.services.unplan_job import unplan_job

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NOBODY_KNOWS = "navigator.geolocation.getCurrentPosition = () => undefined;"


def start(page):
    """Begin the run without its checks."""
    tap(page, "Start the run")
    tap(page, "Go on without it")


def test_what_was_fetched_in_the_evening_begins_in_the_morning_without_signal(phone, stops):
    page = phone()
    run = stops[0].run
    run.day += dt.timedelta(days=1)
    run.save(update_fields=["day"])
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("link", name="Check the load", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Start the run")).to_have_count(0)

    page.context.set_offline(True)
    page.clock.set_system_time(timezone.now() + dt.timedelta(days=1))
    page.reload()
    start(page)
    tap(page, "I am on my way")
    unsent(page, 2)


def test_a_stop_is_not_closed_before_its_photo_is_on_the_phone(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    page.evaluate(NOBODY_KNOWS)
    photo = {"name": "drop.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    page.get_by_label("Photo").set_input_files(photo)

    expect(page.get_by_role("button", name="Delivered", exact=True)).to_have_count(0)
    expect(page.get_by_text("✓ Photo")).to_be_visible()
    tap(page, "Delivered")
    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    all_is_sent(page)
    assert [one.what for one in StopAction.objects.order_by("pk")] == ["PHOTO", "DELIVERED"]


def test_without_signal_nobody_signs_out_and_the_day_stays(phone, stops):
    page = phone()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.accept()))
    all_is_sent(page)
    page.context.set_offline(True)
    with page.expect_event("dialog", lambda dialog: "once the server answers" in dialog.message):
        tap(page, "Sign out")
    page.reload()

    expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible()
    assert said == ["Sign out?", "You can sign out once the server answers. Is there a signal?"]


def test_who_signs_out_with_an_old_token_is_signed_out(phone, stops):
    page = phone()
    page.on("dialog", lambda dialog: dialog.accept())
    all_is_sent(page)
    change_kept_days(page, "one.day.csrf = 'x'.repeat(64);")
    page.reload()
    all_is_sent(page)
    tap(page, "Sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto("/driver/")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_a_run_ends_early_when_the_driver_says_so(phone, stops):
    page = phone()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.accept()))
    expect(page.get_by_role("button", name="End the run early")).to_have_count(0)
    start(page)
    expect(page.get_by_role("button", name="End the run early")).to_be_visible()
    all_is_sent(page)
    tap(page, "End the run early")
    expect(page.get_by_text("The run is over.")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate("scrollY") == 0
    all_is_sent(page)
    assert said == [
        "Stops still open: 3. The office finds them another day. End the run all the same?"
    ]
    assert Drive.objects.get().ended_at


def test_what_was_loaded_and_not_driven_comes_back(phone, stops):
    page = phone()
    page.on("dialog", lambda dialog: dialog.accept())
    tap(page, "Check the load", "link")
    page.get_by_label("Oak").first.fill("1.5")
    tap(page, "Save what is loaded")
    start(page)
    open_stop(page, stops[1])
    tap(page, "Delivered")
    page.evaluate("location.hash = '/'")
    expect(page.get_by_text("Back to the yard:")).to_have_count(0)
    tap(page, "End the run early")
    tap(page, "Go on without it")

    expect(page.get_by_text("Back to the yard: 3.5 cord Oak")).to_be_visible()
    all_is_sent(page)
    for stop in (stops[0], stops[2]):
        unplan_job(job_id=stop.job_id, seen=0, by=stop.run.driver.user)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".stop-row")).to_have_count(1)
    expect(page.get_by_text("Back to the yard: 3.5 cord Oak")).to_be_visible()


def test_what_was_short_at_one_stop_comes_from_another(phone, stops):
    page = phone()
    page.on("dialog", lambda dialog: dialog.accept())
    tap(page, "Check the load", "link")
    page.get_by_label("Oak").first.fill("1")
    tap(page, "Save what is loaded")
    start(page)
    for stop, label in ((stops[0], "2"), (stops[1], "1")):
        open_stop(page, stop)
        tap(page, "Only a part", "link")
        page.get_by_label("of 2 cord").fill(label)
        page.get_by_label("Why is it less?").fill("Too wet")
        tap(page, "Save")
        expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    open_stop(page, stops[2])
    tap(page, "Delivered")
    page.evaluate("location.hash = '/'")

    expect(page.get_by_role("button", name="End the run", exact=True)).to_be_visible()
    expect(page.get_by_text("Back to the yard:")).to_have_count(0)


def test_thousands_are_thousands(phone, stops):
    Move.objects.filter(picking=stops[0].job.picking_id).update(demand=2000)
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Only a part", "link")
    page.get_by_label("of 2000 cord").fill("1,500")
    page.get_by_label("Why is it less?").fill("Too wet")
    tap(page, "Save")
    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    all_is_sent(page)

    (line,) = StopAction.objects.get().details["lines"]
    assert line["quantity"] == "1500"


def test_a_form_that_was_sent_is_not_there_again_by_going_back(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Only a part", "link")
    page.get_by_label("of 2 cord").fill("1")
    page.get_by_label("Why is it less?").fill("Too wet")
    tap(page, "Save")
    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    page.go_back()

    expect(page.locator(f"#stop-{stops[0].uuid}")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


def test_what_was_refused_is_marked_in_the_list(phone, stops):
    page = phone()
    page.context.set_offline(True)
    open_stop(page, stops[0])
    tap(page, "Delivered")
    stops[0].job.state = "CANCELLED"
    stops[0].job.save(update_fields=["state"])
    page.evaluate("location.hash = '#/'")
    signal(page)

    expect(page.locator(".stop-row", has_text="kept for the office")).to_have_count(1)
