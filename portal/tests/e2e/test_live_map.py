"""The map on which the office follows the trucks, in a browser."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import Drive, DriverRules, Position
from drivers.services.keep_positions import Measured, keep_positions
from drivers.tests.phone import phone_of
from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Run
from scheduling.models.point import Point
from scheduling.tests.mapping import plan_day

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MAP = reverse("drivers:live-map")
COLOUR = "path => getComputedStyle(path).stroke"


@pytest.fixture
def run():
    """A run under way, whose truck was seen on the road; another that is silent."""
    DriverRules.objects.create(pk=1, keep_positions_days=7)
    plan_day(business_today())
    run, silent = Run.objects.order_by("truck__vehicle__plate")
    for one in (run, silent):
        phone_of(one).do("STARTED", one, at=timezone.now() - dt.timedelta(hours=1))
    phone_of(run).do("DELIVERED", run.stops.get(position=0))
    seen(run, "38.500000")
    long_ago = timezone.now() - dt.timedelta(minutes=30)
    Drive.objects.filter(run=silent).update(heard_at=long_ago)
    return run


def seen(run, latitude):
    at = timezone.now()
    measured = [Measured(Point.of(latitude, "-82.62"), 400, at, at)]
    assert keep_positions(run=run.uuid, measured=measured, by=run.driver.user) == 1


def drive(run, *points):
    """Let its truck have been at these, a minute apart, until half an hour ago."""
    begins = timezone.now() - dt.timedelta(minutes=30 + len(points))
    for n, (latitude, longitude) in enumerate(points):
        at = begins + dt.timedelta(minutes=n)
        Position.objects.create(
            run=run,
            at=at,
            phone_at=at,
            accuracy=10,
            latitude=latitude,
            longitude=longitude,
        )


def mark(page, name):
    return page.get_by_role("button", name=name)


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_page_is_accessible_and_fits(window, run, size):
    drive(run, ("38.46", "-82.64"), ("38.47", "-82.66"), ("38.49", "-82.65"))
    page = window(Role.OFFICE, SIZES[size])
    page.goto(MAP)
    mark(page, "YARD 01 at").click()
    expect(page.locator(".leaflet-popup")).to_contain_text("to within 400 m")
    expect(page.get_by_text("offline since")).to_be_visible()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_where_a_truck_drives_and_what_is_done_appears(window, run):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(MAP)
    page.get_by_label("Show alone YARD 01").check()
    truck = mark(page, "YARD 01 at")
    expect(mark(page, "1, YARD 01: Maria")).to_have_text("1 ✓YARD 01")
    expect(mark(page, "2, YARD 01")).to_have_text("2")
    before = truck.bounding_box()

    Position.objects.all().delete()
    seen(run, "38.440000")
    phone_of(run).do("DELIVERED", run.stops.get(position=1))

    expect(mark(page, "2, YARD 01")).to_have_text("2 ✓")
    for _ in range(150):
        here = truck.bounding_box()  # none while the map is drawn anew
        if here and here != before:
            break
        page.wait_for_timeout(100)
    assert here["y"] > before["y"] + 20, "it is farther south"
    expect(page.get_by_label("Show alone YARD 01")).to_be_checked()
    assert page.problems == []


def test_the_way_of_each_truck_is_a_thin_line_in_its_colour(window, run):
    silent = Run.objects.exclude(pk=run.pk).get()
    drive(run, ("38.46", "-82.64"), ("38.47", "-82.66"), ("38.49", "-82.65"))
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(MAP)
    ways = page.locator(".map path.way")
    expect(page.get_by_text("The way that a truck took")).to_be_visible()
    expect(ways.locator("visible=true")).to_have_count(1)
    colours = [page.locator(path).first.evaluate(COLOUR) for path in (".map .way", ".map .route")]
    assert colours[0] == colours[1]

    drive(silent, ("38.40", "-82.50"), ("38.42", "-82.52"))
    seen(run, "38.500000")
    page.get_by_label("Show alone YARD 01").check()

    expect(ways.locator("visible=true")).to_have_count(1)
    assert page.problems == []


def test_the_rest_is_planned_again_from_a_stop_and_from_a_run(window, run):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/runs/")
    page.get_by_role("link", name="Map").click()
    mark(page, "2, YARD 01").click()
    page.locator(".leaflet-popup").get_by_role("link", name="Move S00411").click()
    expect(page.get_by_role("heading", name="Move S00411, A. Whitfield")).to_be_visible()

    page.go_back()
    page.get_by_role("link", name="Plan again YARD 01").click()
    expect(page.locator(f"#lane-{run.truck_id}-1")).to_be_in_viewport()


def test_without_a_script_the_list_has_all(browser, live_server, window, run):
    drive(run, ("38.46", "-82.64"), ("38.47", "-82.66"))
    state = window(Role.OFFICE, SIZES["office"]).context.storage_state()
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=state
    )
    page = context.new_page()
    page.goto(MAP)
    expect(page.get_by_text("YARD 01 was here at")).to_be_visible()
    expect(page.get_by_text("The way that a truck took")).to_be_hidden()
    expect(page.get_by_role("link", name="Move S00411")).to_be_visible()
    expect(page.locator("[data-day-map]")).to_be_hidden()
    context.close()
