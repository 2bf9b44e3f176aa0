"""The calendar in a browser: dragged, moved by keyboard, and refused."""

import gzip

import pytest
from playwright.sync_api import expect

from odoo_bridge.models import ManufacturingOrder
from portal.accounts.models import Role
from portal.testing.sources import ROOT
from portal.testing.yard import TruckFactory
from portal.tests.e2e.calendar import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    box_of,
    days_on,
    drag,
    drawn,
    left,
    open_calendar,
    plan_week,
    rest,
    stands_on,
)
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.selectors.calendar_entry import Days
from scheduling.services.lock_job import Seen
from scheduling.services.move_jobs import move_jobs
from scheduling.services.plan_job import Spot
from scheduling.tests.making import now_of
from scheduling.tests.planning import ZONE, at, on

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MOST_BYTES = 60_000  # of the calendar's own script, as it goes over the line


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("view", ["month", "week", "day", "line"])
def test_each_view_is_accessible_and_fits(window, view, size):
    plan_week()
    page = open_calendar(window, view, size=size)
    if size == "office":
        expect(drawn(page, "S00417")).to_be_visible()
    else:
        expect(page.locator(".drawn")).to_be_hidden()
    expect(page.get_by_role("link", name="S00417 Maria Alvarez")).to_be_visible()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_a_delivery_is_dragged_to_another_day_and_another_truck(window):
    stop, _made, _order = plan_week()
    other = TruckFactory(vehicle__plate="YARD 02")
    page = open_calendar(window, "line")
    expect(drawn(page, "S00417")).to_contain_text("not made in time")

    drag(page, drawn(page, "S00417"), across=days_on(page, 2))
    expect(page.get_by_text(f"S00417 is on YARD 01, {WEDNESDAY.day}")).to_be_visible()
    stop.refresh_from_db()
    assert stop.run.day == WEDNESDAY

    row = page.locator(".drawn .ec-row-head", has_text="YARD 02")
    rest(page)
    down = box_of(row)["y"] + 8 - box_of(drawn(page, "S00417"))["y"]
    drag(page, drawn(page, "S00417"), down=down)
    expect(page.get_by_text("S00417 is on YARD 02")).to_be_visible()
    stop.refresh_from_db()
    assert (stop.run.truck, stop.run.day) == (other, WEDNESDAY)
    assert page.problems == []


def test_a_production_is_dragged_and_its_end_is_pulled(window):
    _stop, made, _order = plan_week()
    page = open_calendar(window)

    drag(page, drawn(page, "MO/7"), down=48)
    expect(page.get_by_text("MO/7 is planned from")).to_be_visible()
    shown = now_of(made)
    assert (shown.starts_at, shown.ends_at) == (at(9, day=TUESDAY), at(13, day=TUESDAY))
    expect(drawn(page, "MO/7")).to_contain_text("09:00")

    drag(page, drawn(page, "MO/7"), down=48, edge=True)
    expect(page.get_by_text("14:00.")).to_be_visible()
    assert now_of(made).ends_at == at(14, day=TUESDAY)
    assert page.problems == []


def test_a_step_takes_its_production_along_and_stays_in_its_row(window):
    _stop, made, _order = plan_week()
    page = open_calendar(window, "line")

    truck = box_of(page.locator(".drawn .ec-row-head", has_text="YARD 01"))
    down = truck["y"] - box_of(drawn(page, "MO/7"))["y"]
    drag(page, drawn(page, "MO/7"), across=days_on(page, 1), down=down)
    assert stands_on(page, "MO/7", TUESDAY)
    assert now_of(made).starts_at == at(8, day=TUESDAY)

    drag(page, drawn(page, "MO/7"), across=days_on(page, 1))
    expect(page.get_by_text("MO/7 is planned from")).to_be_visible()
    shown = now_of(made)
    assert (shown.starts_at, shown.ends_at) == (at(8, day=WEDNESDAY), at(12, day=WEDNESDAY))
    assert stands_on(page, "MO/7", WEDNESDAY)


def test_a_receipt_is_dragged_in_the_month(window):
    _stop, _made, order = plan_week()
    page = open_calendar(window, "month")

    drag(page, drawn(page, "P00031"), across=-180)

    expect(page.get_by_text("P00031 Hill & Sons is expected on Tue")).to_be_visible()
    assert str(order.uuid) in {one.key for one in on(Days(TUESDAY, TUESDAY))}


def test_what_is_refused_jumps_back_and_says_why(window, person):
    stop, _made, _order = plan_week()
    page = open_calendar(window, "line")
    expect(drawn(page, "S00417")).to_be_visible()
    page.route("**/live*", lambda route: route.abort())
    spot = Spot(stop.run.truck_id, TUESDAY, 0)
    move_jobs(jobs=[Seen(stop.job_id, 0)], spot=spot, by=person(Role.OFFICE, name="Ann"))

    drag(page, drawn(page, "S00417"), across=days_on(page, 2))

    expect(page.get_by_role("alert")).to_contain_text("Ann moved S00417")
    stop.refresh_from_db()
    assert stop.run.day == TUESDAY
    assert stands_on(page, "S00417", TUESDAY)


def test_without_an_answer_it_jumps_back_as_well(window):
    stop, _made, _order = plan_week()
    page = open_calendar(window, "line")
    before = left(drawn(page, "S00417"))
    page.route("**/calendar/**", lambda route: route.abort())

    drag(page, drawn(page, "S00417"), across=days_on(page, 2))

    expect(page.get_by_text("The portal did not answer")).to_be_visible()
    assert left(drawn(page, "S00417")) == before
    stop.refresh_from_db()
    assert stop.run.day == MONDAY


def test_it_is_moved_by_keyboard_alone(window):
    stop, _made, _order = plan_week()
    page = open_calendar(window)
    page.get_by_role("link", name="S00417 Maria Alvarez").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="S00417 Maria Alvarez")
    expect(dialog).to_contain_text("MO/7 ends at 12.")
    assert faults(page) == []

    dialog.get_by_label("Day").fill("2019-01-01")
    dialog.get_by_label("Day").press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Choose a day")
    dialog.get_by_label("Day").fill(str(WEDNESDAY))
    dialog.get_by_label("Day").press("Enter")

    expect(page.get_by_text(f"S00417 is on YARD 01, {WEDNESDAY.day}")).to_be_visible()
    expect(dialog).to_be_hidden()
    stop.refresh_from_db()
    assert stop.run.day == WEDNESDAY
    assert stands_on(page, "S00417", WEDNESDAY)


def test_what_is_drawn_opens_the_dialog_too(window):
    plan_week()
    page = open_calendar(window)
    drawn(page, "MO/7").click()

    dialog = page.get_by_role("dialog", name="MO/7")
    expect(dialog).to_contain_text("Saw: Step")
    dialog.get_by_role("link", name="Leave it").click()
    expect(dialog).to_be_hidden()


def test_who_only_reads_drags_nothing(window):
    stop, _made, _order = plan_week()
    page = open_calendar(window, "line", role=Role.DIRECTOR)
    before = left(drawn(page, "S00417"))

    drag(page, drawn(page, "S00417"), across=days_on(page, 2))

    assert left(drawn(page, "S00417")) == before
    stop.refresh_from_db()
    assert stop.run.day == MONDAY


def test_a_browser_elsewhere_shows_the_clock_of_the_business(browser, live_server, window):
    plan_week()
    page = open_calendar(window)
    state = page.context.storage_state()
    elsewhere = browser.new_context(
        base_url=live_server.url,
        storage_state=state,
        timezone_id="Asia/Tokyo",
        viewport=SIZES["office"],
    )
    far = elsewhere.new_page()
    far.goto(f"/calendar/?view=week&day={MONDAY}")

    expect(drawn(far, "MO/7")).to_contain_text("08:00\N{EN DASH}12:00")
    drag(far, drawn(far, "MO/7"), down=48)
    expect(far.get_by_text("MO/7 is planned from")).to_be_visible()
    elsewhere.close()
    assert now_of(ManufacturingOrder.objects.get()).starts_at == at(9, day=TUESDAY)
    assert at(9).tzinfo is ZONE


def test_kinds_are_switched_off_and_the_address_says_so(window):
    plan_week()
    page = open_calendar(window)
    expect(drawn(page, "P00031")).to_be_visible()

    page.get_by_label("Receipt").uncheck()

    expect(page.get_by_role("link", name="P00031")).to_have_count(0)
    expect(drawn(page, "S00417")).to_be_visible()
    expect(drawn(page, "P00031")).to_have_count(0)
    assert "kinds=delivery&kinds=pickup&kinds=production" in page.url
    page.get_by_role("link", name="Month").click()
    expect(drawn(page, "S00417")).to_be_visible()
    assert "kinds=delivery" in page.url


def test_without_a_script_it_is_read_and_moved(browser, live_server, window):
    stop, _made, _order = plan_week()
    page = open_calendar(window)
    plain = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
    ).new_page()
    plain.goto(f"/calendar/?view=week&day={MONDAY}")
    expect(plain.locator(".drawn")).to_be_hidden()
    plain.get_by_role("link", name="S00417 Maria Alvarez").click()
    plain.get_by_label("Day").fill(str(WEDNESDAY))
    plain.get_by_role("button", name="Move").click()

    expect(plain.get_by_text(f"S00417 is on YARD 01, {WEDNESDAY.day}")).to_be_visible()
    stop.refresh_from_db()
    assert stop.run.day == WEDNESDAY
    plain.context.close()


def test_the_calendars_script_stays_small():
    script = (ROOT / "static" / "dist" / "calendar.js").read_bytes()
    assert len(gzip.compress(script)) <= MOST_BYTES
