"""The page on which a customer follows a delivery, in a browser."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import StopAction, Tracking, WayText
from drivers.tests.phone import CASH, phone_of
from drivers.tests.pictures import a_picture, named, put
from odoo_bridge.models import Partner
from portal.setup.models import BusinessProfile
from portal.testing.yard import StopFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Job

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stop():
    BusinessProfile.objects.create(
        pk=1,
        name="Oak & Sons",
        country="US",
        time_zone="America/New_York",
        phones=["+16065550100"],
    )
    order = {"customer_odoo_id": 7, "currency_odoo_id": 1}
    stop = StopFactory(**{f"job__picking__order__{name}": value for name, value in order.items()})
    Partner.objects.update(city="Ashland")
    Tracking.objects.create(
        job=stop.job,
        token="mM3_x-Y7Qk2vB9cT4nR8aw",
        expires=timezone.now() + dt.timedelta(days=14),
    )
    return stop


@pytest.fixture
def where(stop):
    return f"/t/{stop.job.tracking.token}"


def planned(stop):
    begins = stop.run.starts_at
    Job.objects.update(window_from=begins, window_until=begins + dt.timedelta(hours=4))
    phone_of(stop).do("STARTED", stop.run)
    return "Planned for"


def on_the_way(stop):
    phone_of(stop).do("ON_MY_WAY", stop)
    at = stop.run.starts_at + dt.timedelta(days=1, hours=2)  # still to come, whenever this runs
    WayText.objects.create(job=stop.job, kind="ON_MY_WAY", day=stop.run.day, expected_at=at)
    return "There about 9:00 AM"


def delivered(stop):
    phone, content = phone_of(stop), a_picture()
    act = phone.act("PHOTO", stop, **named(content))
    phone.send(act)
    put(phone, act, content)
    phone.do("DELIVERED", stop)
    assert phone.do("COLLECTED", stop, **CASH, amount="412.00") == ("APPLIED", "")
    return "✓ Delivered"


def missed(stop):
    phone_of(stop).do("NOBODY", stop, reason="Gate locked", goes_again=True)
    return "✕ Not delivered"


@pytest.mark.parametrize("so_far", [planned, on_the_way, delivered, missed])
@pytest.mark.parametrize("size", sorted(SIZES))
def test_it_is_accessible_and_fits(window, stop, where, size, so_far):
    words = so_far(stop)
    page = window(None, SIZES[size])
    page.goto(where)

    expect(page.get_by_text(words)).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    shown = page.locator(".handed-over").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert shown == ([64] if so_far is delivered else [])
    assert page.context.cookies() == []
    assert page.problems == []


def test_it_looks_again_each_minute(window, stop, where):
    page = window(None, SIZES["phone"])
    page.clock.install()
    page.goto(where)
    expect(page.get_by_text("Planned for")).to_be_visible()

    phone_of(stop).do("ARRIVED", stop)
    assert StopAction.objects.get().verdict == "APPLIED"
    page.clock.run_for(61_000)

    expect(page.get_by_text("The driver is with you.")).to_be_visible()
    assert page.problems == []


def test_it_needs_no_script(browser, live_server, stop, where):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(where)
    expect(page.get_by_text("Planned for")).to_be_visible()
    phone_of(stop).do("ARRIVED", stop)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("The driver is with you.")).to_be_visible()
    context.close()
