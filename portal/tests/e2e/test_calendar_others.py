"""The calendar in a browser, while others plan."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from odoo_bridge.models import ManufacturingOrder
from portal.accounts.models import Role
from portal.tests.e2e.calendar import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    box_of,
    days_on,
    drag,
    drawn,
    head,
    left,
    open_calendar,
    plan_week,
    stands_on,
)
from scheduling.services.lock_job import Seen
from scheduling.services.move_jobs import move_jobs
from scheduling.services.plan_job import Spot
from scheduling.tests.planning import delivery

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_what_others_move_appears(window, person):
    stop, made, _order = plan_week()
    page = open_calendar(window)
    expect(drawn(page, "S00417")).to_be_visible()

    spot = Spot(stop.run.truck_id, MONDAY + dt.timedelta(days=9), 0)
    move_jobs(jobs=[Seen(stop.job_id, 0)], spot=spot, by=person(Role.OFFICE))

    expect(drawn(page, "S00417")).to_have_count(0)
    expect(page.get_by_role("link", name="S00417 Maria Alvarez")).to_have_count(0)
    expect(drawn(page, "MO/7")).to_be_visible()
    assert ManufacturingOrder.objects.get().pk == made.pk


def test_what_others_move_waits_for_the_hand_that_drags(window, person):
    stop, _made, _order = plan_week()
    other = delivery(order="S00999", run=stop.run, position=1)
    page = open_calendar(window, "line")
    far = days_on(page, 2)
    box = box_of(drawn(page, "S00417"))
    page.mouse.move(box["x"] + 40, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(box["x"] + 40 + far, box["y"] + 6, steps=6)

    spot = Spot(stop.run.truck_id, TUESDAY, 0)
    with page.expect_response("**/calendar/?view=line*"):
        move_jobs(jobs=[Seen(other.job_id, 0)], spot=spot, by=person(Role.OFFICE))
    expect(page.get_by_role("region", name=f"{TUESDAY:%A}").get_by_text("S00999")).to_be_visible()
    assert left(drawn(page, "S00999")) == left(head(page, MONDAY))
    page.mouse.up()

    expect(page.get_by_text(f"S00417 is on YARD 01, {WEDNESDAY.day}")).to_be_visible()
    assert stands_on(page, "S00417", WEDNESDAY)
    assert stands_on(page, "S00999", TUESDAY)


def test_what_others_move_before_a_move_is_drawn_appears(window, person):
    stop, _made, _order = plan_week()
    other = delivery(order="S00999", run=stop.run, position=1)
    page = open_calendar(window, "line")
    far, held = days_on(page, 2), []

    def hold(route):
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    page.route("**/calendar/entries*", hold)
    drag(page, drawn(page, "S00417"), across=far)
    expect(page.get_by_text(f"S00417 is on YARD 01, {WEDNESDAY.day}")).to_be_visible()
    while not held:
        page.wait_for_timeout(100)
    spot = Spot(stop.run.truck_id, TUESDAY, 0)
    move_jobs(jobs=[Seen(other.job_id, 0)], spot=spot, by=person(Role.OFFICE))
    expect(page.get_by_role("region", name=f"{TUESDAY:%A}").get_by_text("S00999")).to_be_visible()
    page.wait_for_timeout(1_000)  # whatever else has changed is read, too
    [(route, answer)] = held
    route.fulfill(response=answer)

    assert stands_on(page, "S00999", TUESDAY)
