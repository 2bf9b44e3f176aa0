"""The office sees where a driver is: while the run is on, and the driver agrees."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import Drive, DriverRules, Position
from portal.tests.e2e.driver import SIZES, all_is_sent, signal, tap
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_driver_needs import no_signal, want

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SEEN = "The office sees where you are until the run ends."
HERE = {"latitude": 38.5, "longitude": -82.6, "accuracy": 12}
ASKED = """() => {
  window.asked = 0;
  const watch = navigator.geolocation.watchPosition.bind(navigator.geolocation);
  navigator.geolocation.watchPosition = (...all) => (window.asked += 1, watch(...all));
}"""

SEES = """() => navigator.geolocation.watchPosition(
  ({ coords }) => { window.sees = coords.latitude })"""


@pytest.fixture(autouse=True)
def wanted(stops):
    DriverRules.objects.create(pk=1, keep_positions_days=7)


def begin(page):
    """Start the run, also without the check of the truck."""
    tap(page, "Check the truck", "link")
    tap(page, "All is well")
    tap(page, "Start the run")
    all_is_sent(page)


def positions(page, number):
    """Wait until the server has so many, and return them."""
    for _ in range(400):  # one that misses the sending of an act goes with the next, 30 s later
        if Position.objects.count() >= number:
            break
        page.wait_for_timeout(100)
    found = list(Position.objects.order_by("at"))
    assert len(found) == number, [(float(one.latitude), str(one.at)[11:23]) for one in found]
    return found


def test_the_office_learns_where_the_phone_is_from_the_start_of_a_run_to_its_end(phone, stops):
    want("COLLECTED", "OFF")
    page = phone(permissions=["geolocation"], geolocation=HERE)
    page.evaluate(ASKED)
    page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text(SEEN)).to_have_count(0)
    assert page.evaluate("window.asked") == 0, "nothing is asked before the run has begun"
    begin(page)

    expect(page.get_by_text(SEEN)).to_be_visible()
    [first] = positions(page, 1)
    assert (str(first.latitude), str(first.longitude), first.accuracy) == (
        *("38.500000", "-82.600000"),
        12,
    )
    assert page.evaluate("window.asked") == 1
    for _stop in stops:
        for what in ("I am on my way", "I have arrived", "Delivered"):
            tap(page, what)
    all_is_sent(page)
    tap(page, "End the run")
    expect(page.get_by_text("The run is over.")).to_be_visible()
    expect(page.get_by_text(SEEN)).to_have_count(0)
    assert page.problems == []


def test_a_driver_who_does_not_agree_is_not_seen(phone, stops):
    page = phone(permissions=["geolocation"], geolocation=HERE)
    begin(page)
    positions(page, 1)
    tap(page, "Do not share")
    expect(page.get_by_text("Nobody sees where you are.")).to_be_visible()
    Position.objects.all().delete()

    page.reload()
    expect(page.get_by_text("Nobody sees where you are.")).to_be_visible()
    page.context.set_geolocation({**HERE, "latitude": 38.6})
    page.wait_for_timeout(500)
    assert not Position.objects.exists()

    tap(page, "Share")
    expect(page.get_by_text(SEEN)).to_be_visible()
    [there] = positions(page, 1)
    assert str(there.latitude) == "38.600000"


def test_a_phone_that_may_not_tell_says_so_and_nothing_waits_for_it(phone, stops):
    page = phone()  # where nobody answers the question, a browser without a window says no
    begin(page)

    expect(page.get_by_text("the phone does not tell this page")).to_be_visible()
    tap(page, "I am on my way")
    all_is_sent(page)
    assert not Position.objects.exists()


def test_a_business_that_does_not_want_it_never_asks(phone, stops):
    DriverRules.objects.update(keep_positions_days=0)
    page = phone(permissions=["geolocation"], geolocation=HERE)
    page.evaluate(ASKED)
    begin(page)

    tap(page, "I am on my way")
    all_is_sent(page)
    expect(page.get_by_role("button", name="share")).to_have_count(0)
    assert page.evaluate("window.asked") == 0


def test_what_is_measured_without_signal_comes_after_it(phone, stops):
    page = phone(permissions=["geolocation"], geolocation=HERE)
    begin(page)
    positions(page, 1)
    Drive.objects.update(started_at=timezone.now() - dt.timedelta(minutes=10))
    page.evaluate(SEES)
    page.clock.install()
    no_signal(page)
    for latitude in (38.7, 38.8, 38.9):
        page.clock.fast_forward(61_000)
        drive(page, latitude)
    drive(page, 38.95)
    signal(page)
    for _ in range(10):  # what is measured too soon goes with the next request
        if Position.objects.count() == 5:
            break
        page.clock.fast_forward(31_000)
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(500)

    found = sorted(positions(page, 5), key=lambda one: one.pk)
    assert [float(one.latitude) for one in found] == [38.5, 38.7, 38.8, 38.9, 38.95]


def drive(page, latitude):
    """Go there, and wait until the phone has measured it."""
    page.context.set_geolocation({**HERE, "latitude": latitude})
    page.wait_for_function("latitude => window.sees === latitude", arg=latitude)


@pytest.mark.parametrize("size", sorted(SIZES))
def test_what_is_said_of_it_fits(phone, stops, size):
    page = phone(size, permissions=["geolocation"], geolocation=HERE)
    begin(page)
    expect(page.get_by_text(SEEN)).to_be_visible()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    tap(page, "Español")
    expect(page.get_by_text("La oficina ve dónde está usted")).to_be_visible()
    if size == "phone":
        assert page.get_by_role("button", name="No compartir").bounding_box()["height"] >= 48
    assert page.problems == []
