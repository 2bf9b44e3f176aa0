"""A load is split over two trucks in the board's dialog, and merged again."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from odoo_bridge.models import Move, Product
from portal.testing.yard import StopFactory, TruckFactory
from portal.tests.e2e.board import card, lane, open_board
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Job, Stop
from scheduling.tests.splitting import acknowledged

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def ready(page):
    """Wait until what was put into the page listens."""
    expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)


@pytest.fixture
def heavy(yard):
    """Return a job of twelve tonnes on a truck of five."""
    trucks, _, jobs = yard
    stop = StopFactory(run__truck=trucks[0], job=jobs[0])
    Job.objects.filter(pk=jobs[0].pk).update(state=Job.State.SCHEDULED)
    moves = Move.objects.filter(picking=jobs[0].picking)
    moves.update(demand=12)
    Product.objects.filter(pk=moves.get().product_id).update(
        name="Crushed stone", weight=1000, volume=Decimal("0.6"), unit="t"
    )
    return stop


def test_a_load_is_split_with_the_keyboard_and_merged_again(window, heavy):
    page = open_board(window)
    first = lane(page, "YARD 01")
    page.get_by_role("link", name="Move S00410").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Move S00410")).to_be_visible()
    ready(page)
    dialog.get_by_role("link", name="Split or merge the load").press("Enter")
    expect(dialog.get_by_role("heading", name="Split S00410, Maria Alvarez")).to_be_visible()
    goes = dialog.get_by_label("Crushed stone")
    expect(goes).to_have_value("7")
    expect(dialog.get_by_text("100 % full by weight")).to_be_visible()
    assert faults(page) == []
    ready(page)

    goes.fill("8")
    page.keyboard.press("Tab")
    expect(dialog.get_by_text("80 % full by weight")).to_be_visible()
    dialog.get_by_role("button", name="Split this load").press("Enter")

    expect(dialog).to_be_hidden()
    expect(card(first, "4 t Crushed stone")).to_contain_text("1 of 2")
    waiting = card(lane(page, "To schedule"), "8 t Crushed stone")
    expect(waiting).to_contain_text("2 of 2")
    acknowledged(Job.objects.latest("pk"))
    ready(page)
    waiting.get_by_role("link", name="2 of 2").press("Enter")
    expect(dialog.get_by_role("button", name="Merge again")).to_be_visible()
    ready(page)
    dialog.get_by_role("button", name="Merge again").press("Enter")
    expect(dialog).to_be_hidden()
    expect(card(first, "12 t Crushed stone")).to_be_visible()
    expect(waiting).to_be_hidden()
    assert Stop.objects.get().job == heavy.job
    assert page.problems == []


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_dialog_and_the_parts_are_accessible_and_fit(window, heavy, size):
    page = open_board(window, size)
    page.get_by_role("link", name="Move S00410").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Move S00410")).to_be_visible()
    ready(page)
    dialog.get_by_role("link", name="Split or merge the load").click()
    expect(dialog.get_by_role("heading", name="Split S00410")).to_be_visible()
    ready(page)
    dialog.get_by_role("button", name="Split this load").click()
    expect(dialog).to_be_hidden()
    ready(page)
    page.get_by_role("link", name="2 of 2").click()
    expect(dialog.get_by_role("button", name="Merge again")).to_be_visible()
    assert faults(page) == []
    dialog.get_by_role("link", name="Leave it").click()
    assert faults(page) == []

    page.goto(reverse("scheduling:job-split", args=[heavy.job_id]))

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_how_full_a_truck_is_stays_in_its_lane(window, heavy):
    for plate in ("YARD 03", "YARD 04", "YARD 05"):
        TruckFactory(vehicle__plate=plate)
    Move.objects.update(demand=400)
    page = open_board(window)
    first = lane(page, "YARD 01")
    expect(first.get_by_text("✕ weight 8000 %")).to_be_visible()

    edge = first.evaluate("lane => lane.getBoundingClientRect().right")
    meters = first.locator("meter").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )
    assert max(meters) <= edge
