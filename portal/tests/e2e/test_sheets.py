"""Run sheets in a browser: on a phone, and as the printer gets them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.accounts.models import Role
from portal.testing.yard import StopFactory
from portal.tests.e2e.eyes import faults
from scheduling.models import Place
from scheduling.services.follow_places import place_at

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SIZES = {"office": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def stop():
    place = place_at("118 Hickory Rd, Ashland")
    Place.objects.update(drop_spot="left of the barn", notes="Gate 4711", most_width="2.5")
    return StopFactory(job__place=place, job__picking__order__customer__name="A. Whitfield")


@pytest.mark.parametrize("size", sorted(SIZES))
def test_a_sheet_is_accessible_and_fits(window, stop, size):
    page = window(Role.OFFICE, SIZES[size])
    page.goto(reverse("scheduling:sheets"))
    expect(page.get_by_text("Gate 4711")).to_be_visible()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_the_printer_gets_the_sheet_alone(window, stop):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(reverse("scheduling:sheets"))
    page.emulate_media(media="print")
    expect(page.get_by_text("A. Whitfield")).to_be_visible()
    expect(page.get_by_role("link", name="As PDF")).to_be_hidden()
    expect(page.locator(".header")).to_be_hidden()
