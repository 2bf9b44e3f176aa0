"""Hours and days off in a browser, with all that can be kept of them."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from odoo_bridge.models import Resource, TimeOff
from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.yard import DriverFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Closure, DriverAbsence, OpeningHours, Shift

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled():
    """Keep one of everything."""
    today, week = business_today(), dt.timedelta(days=7)
    resource = Resource.objects.create(odoo_id=71)
    ben = DriverFactory(user__name="Ben Donaudampfschifffahrtsgesellschaft")
    ben.employee.resource = resource
    ben.employee.save()
    now = timezone.now()
    TimeOff.objects.create(
        odoo_id=1, resource_odoo_id=71, kind="leave", starts_at=now, ends_at=now + week
    )
    Closure.objects.create(first_day=today, last_day=today + week, name="Stock-taking")
    DriverAbsence.objects.create(driver=ben, first_day=today, last_day=today, words="call Eve")
    Shift.objects.create(driver=ben, weekday=0, starts=dt.time(6), ends=dt.time(14))
    Shift.objects.create(driver=ben, day=today, starts=dt.time(6), ends=dt.time(9))


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_page_is_accessible_and_fits(window, filled, size):
    page = window(Role.ADMIN, SIZES[size])
    page.goto("/setup/hours/")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_an_administrator_closes_the_yard_and_gives_a_shift(window, filled):
    page = window(Role.ADMIN, SIZES["office"])
    page.goto("/setup/")
    page.get_by_role("link", name="Hours and days off").click()
    saturday = page.get_by_role("group", name="Saturday")
    saturday.get_by_label("opens").fill("08:00")
    saturday.get_by_label("closes").fill("12:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert OpeningHours.objects.get(weekday=5).opens == dt.time(8)

    page.get_by_role("button", name="Add the holidays of US").click()
    expect(page.get_by_text("added.")).to_be_visible()

    shifts = page.get_by_role("region", name="Shifts")
    shifts.get_by_label("Driver").select_option(index=1)
    shifts.get_by_label("Each").select_option("Tuesday")
    shifts.get_by_label("From").fill("05:30")
    shifts.get_by_label("To").fill("13:00")
    shifts.get_by_role("button", name="Add").click()
    expect(shifts.get_by_text("Tuesday 05:30 to 13:00")).to_be_visible()
