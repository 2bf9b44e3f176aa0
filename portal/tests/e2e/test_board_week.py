"""The week on the board: dragged into, by mouse."""

import pytest
from playwright.sync_api import expect

from portal.testing.days import business_today
from portal.testing.yard import StopFactory, TruckFactory
from portal.tests.e2e.board import card, drag, lane, open_board
from portal.tests.e2e.eyes import faults
from scheduling.models import Stop
from scheduling.selectors.week import monday_of

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_job_is_dragged_into_a_day_of_the_week_and_back(window, yard):
    page = open_board(window)
    page.get_by_role("link", name="Week", exact=True).click()
    monday = monday_of(business_today())
    cell = page.get_by_role("list", name=f"YARD 02, {monday:%a} {monday.day} {monday:%b}")

    drag(page, card(lane(page, "To schedule"), "Dale Conley"), cell)

    expect(page.get_by_text("S00411 is on YARD 02, ")).to_be_visible()
    expect(card(cell, "Dale Conley")).to_be_visible()
    stop = Stop.objects.get()
    assert (stop.run.truck, stop.run.day) == (yard[0][1], monday)
    assert faults(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(card(lane(page, "To schedule"), "Dale Conley")).to_be_visible()
    assert "span=week" in page.url
    page.get_by_role("link", name="The week after").click()
    expect(page.get_by_role("heading", name="Week of")).to_be_visible()
    assert page.problems == []


def test_no_figure_is_cut_however_narrow_its_lane(window, yard):
    StopFactory(run__truck=yard[0][0], run__day=business_today())
    TruckFactory.create_batch(6)
    page = open_board(window)

    loads = page.locator(".load .caption")
    expect(loads.filter(has_text="120 %")).to_be_visible()
    assert max(loads.evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")) == 0

    page.get_by_role("link", name="Week", exact=True).click()
    number = page.locator(".week .number").bounding_box()
    assert number["width"] > number["height"], "the number of a stop is squeezed"
