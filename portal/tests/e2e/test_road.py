"""The runs of the day as the office follows them, on any screen."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import Drive
from drivers.tests.phone import CASH, phone_of
from portal.accounts.models import Role
from portal.tests.e2e.driver import a_stop
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Job
from scheduling.services.unplan_job import unplan_job

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stop(person):
    """A stop that the office took away while it was delivered, and another run that is silent."""
    stop, other = a_stop("A. Whitfield"), a_stop("Hill Diner")
    phone = phone_of(stop)
    phone.do("STARTED", stop.run)
    phone.do("ISSUE", stop, text="Flat tyre, I wait at the bridge.")
    acts = phone.act("DELIVERED", stop), phone.act("COLLECTED", stop, **CASH, amount="412.00")
    unplan_job(job_id=stop.job_id, seen=0, by=person(Role.OFFICE))
    phone.send(*acts)
    phone_of(other).do("STARTED", other.run)
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Drive.objects.filter(run=other.run).update(heard_at=long_ago)
    return stop


def test_the_office_lets_a_delivery_count(window, stop):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/runs/")
    expect(page.get_by_text("offline since")).to_be_visible()
    money = page.get_by_role("listitem").filter(has_text="Collected")
    money.get_by_role("button", name="Let it count").click()
    expect(page.get_by_role("alert")).to_contain_text("Decide about the delivery first")

    delivered = page.get_by_role("listitem").filter(has_text="Delivered")
    delivered.get_by_role("button", name="Let it count").dblclick()
    expect(delivered).to_have_count(0)
    expect(page.get_by_text("It counts now.")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    trouble = page.get_by_role("listitem").filter(has_text="Flat tyre")
    trouble.get_by_label("How it was settled").fill("Ben brought a wheel")
    trouble.get_by_role("button", name="Settled").click()

    expect(trouble).to_have_count(0)
    expect(money.get_by_label("How it was settled")).to_be_focused()
    stop.job.refresh_from_db()
    assert stop.job.state == Job.State.DONE


def test_what_is_typed_stays_while_drivers_do_something(window, stop):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/runs/")
    trouble = page.get_by_role("listitem").filter(has_text="Flat tyre")
    trouble.get_by_label("How it was settled").fill("Ben brought a wheel")

    phone_of(stop).do("ISSUE", stop.run, text="The bridge is closed.")

    expect(page.get_by_text("The bridge is closed.")).to_be_visible()
    expect(trouble.get_by_label("How it was settled")).to_have_value("Ben brought a wheel")
    trouble.get_by_role("button", name="Settled").click()
    expect(trouble).to_have_count(0)


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_page_is_accessible_and_fits(window, stop, size):
    phone, long = phone_of(stop), "Donaudampfschiff" * 12
    phone.do("ISSUE", stop.run, text=long)
    phone.do("COLLECTED", stop.run, **CASH | {"reason": long[:200]}, amount="9" * 120)
    page = window(Role.OFFICE, SIZES[size])
    page.goto("/runs/")

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


@pytest.mark.parametrize("where", ["/runs/", "/runs/map/", "/tickets/"])
@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_button_stands_beside_the_day(window, size, where):
    page = window(Role.OFFICE, SIZES[size])
    page.goto(where)
    day = page.get_by_label("Day", exact=True).bounding_box()
    button = page.get_by_role("button", name="Show", exact=True).bounding_box()
    assert abs(button["y"] - day["y"]) < 4
    assert 0 < button["x"] - day["x"] - day["width"] < 24
