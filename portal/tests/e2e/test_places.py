"""The map of a place in a browser: dragged, clicked, typed, and without any tile."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.accounts.models import Role
from portal.testing.yard import JobFactory
from portal.tests.e2e.eyes import faults
from scheduling.models import Place
from scheduling.services.follow_places import place_at

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OFFICE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SIZES = {"office": OFFICE, "phone": PHONE}


@pytest.fixture
def place():
    place = place_at("2 Main St, Greenup, KY 41144")
    JobFactory(place=place)
    return place


def address(place):
    return reverse("scheduling:place", args=[place.uuid])


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_page_is_accessible_and_fits(window, place, size):
    page = window(Role.OFFICE, SIZES[size])
    page.goto(address(place))
    expect(page.locator(".map .grid").first).to_be_visible()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_a_click_puts_the_pin_and_dragging_moves_it(window, place):
    page = window(Role.OFFICE, OFFICE)
    page.goto(address(place))
    map_ = page.locator("[data-map]")
    map_.click(position={"x": 300, "y": 150})
    first = page.get_by_label("Latitude").input_value()
    assert first

    pin, box = page.get_by_role("button", name="2 Main St"), map_.bounding_box()
    pin.hover()
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 250, steps=5)
    page.mouse.up()
    moved = page.get_by_label("Latitude").input_value()
    assert float(moved) < float(first), "it is further down on the map"

    page.get_by_role("button", name="Save the pin").click()
    expect(page.get_by_text("by a person")).to_be_visible()
    place.refresh_from_db()
    assert (place.source, str(place.latitude)) == ("PERSON", moved)
    assert page.problems == []


def test_the_pin_is_put_by_keyboard(window, place):
    page = window(Role.OFFICE, OFFICE)
    page.goto(address(place))
    page.get_by_label("Latitude").fill("38.573085")
    page.get_by_label("Longitude").fill("-82.83322")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="2 Main St")).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.get_by_text("by a person")).to_be_visible()
    assert str(Place.objects.get().longitude) == "-82.833220"
