"""What is fetched, from the purchase's page to the driver's phone, on any screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from odoo_bridge.models import OutboxEntry, Picking
from portal.accounts.models import Role
from portal.testing.mirrors import PickingFactory
from portal.testing.purchases import ordered
from portal.testing.yard import PickupFactory, StopFactory
from portal.tests.e2e.board import card, drag, lane, open_board
from portal.tests.e2e.driver import open_stop, sign_in
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Job, Stop
from scheduling.tasks import find_jobs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def logs():
    """Return a purchase that is to come."""
    picking = PickingFactory(
        kind=Picking.INCOMING, order=None, destination__name="Hill & Sons, logging"
    )
    return ordered(name="P00012", picking_ids=[picking.odoo_id])


def test_what_we_bought_is_fetched_by_a_truck(window, yard, logs):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(reverse("scheduling:purchase", args=[logs.uuid]))
    page.get_by_role("button", name="We fetch it ourselves").click()
    expect(page.get_by_text("↺ we fetch it")).to_be_visible()
    expect(page.get_by_role("button", name="They send it")).to_be_visible()
    find_jobs()

    page.goto(reverse("scheduling:board"))
    there = card(lane(page, "To schedule"), "Hill & Sons, logging")
    expect(there).to_contain_text("↺ Pick up")
    drag(page, there, lane(page, "YARD 01").get_by_role("list"))

    expect(card(lane(page, "YARD 01"), "Hill & Sons, logging")).to_contain_text("↺ Pick up")
    expect(page.get_by_text("P00012 is on YARD 01, ")).to_be_visible()
    assert Stop.objects.get().job.purchase == logs
    assert OutboxEntry.objects.filter(command="PlanPickup").exists()
    assert page.problems == []


def test_a_driver_picks_up_with_one_tap_and_no_money(browser, live_server):
    stop = StopFactory(
        job=PickupFactory(state=Job.State.SCHEDULED, picking__destination__name="Maria Alvarez")
    )
    context = browser.new_context(base_url=live_server.url, viewport=SIZES["phone"], has_touch=True)
    sign_in(context, live_server.url, stop.run.driver.user)
    page = context.new_page()
    page.goto("/driver/")
    expect(page.get_by_text("↺ Pick up")).to_be_visible()
    open_stop(page, stop)
    assert "collect" not in page.inner_text("main").lower()
    page.get_by_role("button", name="Picked up").tap()

    expect(page.get_by_text("✓ Picked up")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the run")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    assert OutboxEntry.objects.get().command == "CompletePickup"
    context.close()


@pytest.mark.parametrize("size", sorted(SIZES))
def test_a_board_with_pickups_is_accessible_and_fits(window, yard, logs, size):
    run = StopFactory(run__truck=yard[0][0], job=yard[2][0]).run
    job = PickupFactory(state=Job.State.SCHEDULED, picking__destination__name="Hill & Sons")
    StopFactory(run=run, job=job, position=1)
    PickupFactory(picking__destination__name="Dale Conley")
    Job.objects.filter(stop__isnull=False).update(state=Job.State.SCHEDULED)
    page = open_board(window, size=size)
    purchase = reverse("scheduling:purchase", args=[logs.uuid])

    for url in ("/board/", "/board/?span=week", reverse("scheduling:calendar"), purchase):
        page.goto(url)
        page.wait_for_load_state("networkidle")
        assert faults(page) == [], url
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits, f"{url} scrolls sideways"
    assert page.problems == []
