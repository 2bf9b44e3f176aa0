"""The map of a day in a browser: looked at, by keyboard, and while others plan."""

import gzip

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.sources import ROOT
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Run
from scheduling.services.plan_job import Spot, plan_job
from scheduling.tests.mapping import job_at, known, plan_day

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MOST_BYTES = (
    50_000  # of what the maps need beside the portal's own script, as it goes over the line
)


def open_map(window, size="office"):
    page = window(Role.OFFICE, SIZES[size])
    page.goto(reverse("scheduling:day-map"))
    return page


def stop(page, name):
    return page.get_by_role("button", name=name)


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_page_is_accessible_and_fits(window, size):
    plan_day(business_today())
    page = open_map(window, size)
    page.get_by_label("Show on the map").check()
    stop(page, "1, YARD 01: Maria Alvarez").click()
    expect(page.locator(".leaflet-popup")).to_contain_text("S00410")

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_a_run_is_shown_alone_by_keyboard_and_what_waits_is_switched_on(window):
    plan_day(business_today())
    page = open_map(window)
    for name in ("1, YARD 01: Maria", "3, YARD 01: Priya", "1, YARD 02: Lee"):
        expect(stop(page, name)).to_be_visible()
    expect(stop(page, "2, YARD 02")).to_have_count(0)
    expect(stop(page, "Waiting Wanda")).to_have_count(0)

    page.get_by_label("Show alone YARD 02").focus()
    page.keyboard.press("Space")
    expect(stop(page, "1, YARD 01")).to_have_count(0)
    expect(stop(page, "1, YARD 02: Lee")).to_be_visible()
    page.keyboard.press("Space")
    expect(stop(page, "1, YARD 01")).to_be_visible()

    page.get_by_label("Show on the map").press("Space")
    expect(stop(page, "Waiting Wanda")).to_be_visible()
    assert page.problems == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_popup_is_opened_read_and_closed_by_keyboard(window, key):
    plan_day(business_today())
    page = open_map(window)
    stop(page, "2, YARD 01").focus()
    page.keyboard.press(key)

    popup = page.locator(".leaflet-popup")
    for words in ("A. Whitfield", "S00411", "7 Bluff St"):
        expect(popup).to_contain_text(words)
    expect(popup.get_by_role("link", name="7 Bluff St")).to_be_focused()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(stop(page, "2, YARD 01")).to_be_focused()

    page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Where it is")).to_be_visible()


def test_what_others_plan_appears_and_the_view_the_ticks_and_the_popup_stay(window, person):
    plan_day(business_today())
    page = open_map(window)
    page.get_by_label("Show alone YARD 02").check()
    page.get_by_role("button", name="Zoom in").click()
    stop(page, "1, YARD 02").focus()
    page.keyboard.press("Enter")
    corner = page.locator(".map .grid").first.text_content()

    truck = Run.objects.get(truck__vehicle__plate="YARD 02").truck
    job = job_at(known("4 Fern St", "38.4791", "-82.7201"), "New Nora", "S00440")
    spot = Spot(truck_id=truck.pk, day=business_today(), position=0)
    plan_job(job_id=job.pk, seen=0, spot=spot, by=person(Role.OFFICE))

    expect(stop(page, "1, YARD 02: New Nora")).to_be_attached()
    expect(stop(page, "2, YARD 02: Lee")).to_be_attached()
    expect(page.get_by_label("Show alone YARD 02")).to_be_checked()
    expect(stop(page, "1, YARD 01")).to_have_count(0)
    expect(page.locator(".leaflet-popup")).to_contain_text("Lee Park")
    expect(page.locator(".leaflet-popup").get_by_role("link", name="9 River Rd")).to_be_focused()
    assert page.locator(".map .grid").first.text_content() == corner
    page.keyboard.press("Escape")
    expect(stop(page, "2, YARD 02: Lee")).to_be_focused()
    page.evaluate("htmx.trigger('#day-map', 'again')")
    page.wait_for_load_state("networkidle")
    expect(stop(page, "2, YARD 02: Lee")).to_be_focused()
    assert page.problems == []


def test_without_a_script_the_list_has_all(browser, live_server, window):
    plan_day(business_today())
    page = open_map(window)
    plain = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
    ).new_page()
    plain.goto(reverse("scheduling:day-map"))
    expect(plain.get_by_role("region", name="YARD 01").get_by_role("listitem")).to_have_count(3)
    expect(plain.get_by_role("link", name="7 Bluff St")).to_be_visible()
    expect(plain.locator("[data-day-map]")).to_be_hidden()
    expect(plain.get_by_label("Show alone YARD 01")).to_be_hidden()
    plain.context.close()


def test_the_maps_script_stays_small():
    script = (ROOT / "static" / "dist" / "map.js").read_bytes()
    assert len(gzip.compress(script)) <= MOST_BYTES
