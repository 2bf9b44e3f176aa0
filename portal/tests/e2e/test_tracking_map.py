"""A customer sees the truck come, in a browser."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import DriverRules, Position, Tracking
from drivers.tests.phone import phone_of
from portal.testing.yard import StopFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import DeliveryRates
from scheduling.tests.mapping import YARD, job_at, known

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WHERE = "/t/mM3_x-Y7Qk2vB9cT4nR8aw"


@pytest.fixture
def stop():
    """A stop to which a truck is on its way, five miles off."""
    DriverRules.objects.create(pk=1, keep_positions_days=1)
    DeliveryRates.objects.create(pk=1, latitude=YARD[0], longitude=YARD[1])
    place = known("12 Ridge Road", "38.512345", "-82.612345")
    stop = StopFactory(job=job_at(place, "Ann Whitfield", "S00410", state="SCHEDULED"))
    Tracking.objects.create(
        job=stop.job, token=WHERE[3:], expires=timezone.now() + dt.timedelta(days=14)
    )
    phone, since = phone_of(stop), timezone.now() - dt.timedelta(minutes=30)
    phone.do("STARTED", stop.run, at=since)
    phone.do("ON_MY_WAY", stop, at=since)
    seen(stop, "38.441234")
    return stop


def seen(stop, latitude):
    at = timezone.now()
    Position.objects.create(
        run=stop.run, at=at, phone_at=at, latitude=latitude, longitude="-82.65", accuracy=5
    )


@pytest.mark.parametrize("size", sorted(SIZES))
def test_it_is_accessible_and_fits(window, stop, size):
    page = window(None, SIZES[size])
    page.goto(WHERE)

    expect(page.locator(".map .truck-mark")).to_have_text(["◆", "●"])
    expect(page.get_by_text("miles away as the crow flies")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.context.cookies() == []
    assert page.problems == []


def test_the_truck_comes_nearer_and_is_gone_when_it_is_there(window, stop):
    page = window(None, SIZES["phone"])
    page.clock.install()
    page.goto(WHERE)
    expect(page.get_by_text("5.3 miles away")).to_be_visible()
    page.evaluate("document.querySelector('#way-map').same = true")

    seen(stop, "38.490000")
    page.clock.run_for(61_000)
    expect(page.get_by_text("2.6 miles away")).to_be_visible()
    expect(page.locator(".map .truck-mark")).to_have_text(["◆", "●"])
    assert page.evaluate("document.querySelector('#way-map').same"), "the map stays"

    phone_of(stop).do("ARRIVED", stop)
    page.clock.run_for(61_000)
    expect(page.get_by_text("The driver is with you.")).to_be_visible()
    expect(page.locator("#way-map")).to_have_count(0)
    assert page.problems == []


def test_a_page_that_was_open_before_shows_the_truck_when_it_comes(window, stop):
    token = stop.job.tracking.token
    later = StopFactory(run=stop.run, position=1, job=stop_job())
    Tracking.objects.filter(token=token).update(job=later.job)
    page = window(None, SIZES["phone"])
    page.clock.install()
    page.goto(WHERE)
    expect(page.get_by_text("The truck is out.")).to_be_visible()
    expect(page.locator("#way-map")).to_have_count(0)

    phone_of(later).do("ON_MY_WAY", later)
    seen(later, "38.441234")
    page.clock.run_for(61_000)

    expect(page.locator(".map .truck-mark")).to_have_text(["◆", "●"])
    assert page.problems == []


def stop_job():
    place = known("9 River Rd", "38.479000", "-82.730000")
    return job_at(place, "Lee Park", "S00420", state="SCHEDULED")


def test_without_a_script_the_words_say_it(browser, live_server, stop):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(WHERE)
    expect(page.get_by_text("5.3 miles away")).to_be_visible()
    expect(page.locator("#way-map")).to_be_hidden()
    seen(stop, "38.490000")
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("2.6 miles away")).to_be_visible()
    context.close()
