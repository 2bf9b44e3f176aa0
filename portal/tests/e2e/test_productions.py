"""What is made is read, begun, ended and moved on any screen, with a tap, and follows by itself."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from odoo_bridge.models import BillOfMaterials, BillOfMaterialsLine, OutboxEntry
from portal.accounts.models import Role
from portal.core.changes import touch
from portal.testing.mirrors import ProductFactory
from portal.testing.productions import ManufacturingOrderFactory, WorkCenterFactory
from portal.testing.yard import RunFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.services.start_production import start_production
from scheduling.tests.making import awaited_by_a_stop, day_of, on_the_clock

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LIST = reverse("scheduling:productions")
WIDE = "Donaudampfschifffahrtsgesellschaft" * 2


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_page_is_accessible_and_fits(window, person, size):
    bill = BillOfMaterials.objects.create(quantity=1, line_ids=[1])
    part = ProductFactory(name=WIDE)
    BillOfMaterialsLine.objects.create(odoo_id=1, bill=bill, product=part, quantity=2)
    run, center = RunFactory(), WorkCenterFactory(name=WIDE)
    short = {"bill": bill, "parts_state": "confirmed", "product__name": WIDE, "at": [center]}
    late = {"starts_at": run.starts_at - dt.timedelta(days=2), "ends_at": run.ends_at}
    awaited_by_a_stop(run, **short, **late)
    refused, _done = ManufacturingOrderFactory(), ManufacturingOrderFactory(state="done")
    start_production(key=refused.uuid, by=person(Role.OFFICE))
    OutboxEntry.objects.update(state="PARKED")
    page = window(Role.PRODUCTION, SIZES[size])
    page.goto(LIST)
    page.locator("summary").evaluate_all("all => all.forEach((one) => one.click())")

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    heights = page.locator(".production .button").evaluate_all(
        "all => all.map(b => b.clientHeight)"
    )
    assert min(heights) >= 46  # 48 with its edges
    assert page.problems == []


def test_a_tap_starts_it_and_another_ends_it(window):
    ManufacturingOrderFactory(name="MO/7")
    page = window(Role.PRODUCTION, SIZES["phone"])
    page.goto(LIST)

    page.get_by_role("button", name="Start MO/7").click()
    expect(page.get_by_text("MO/7 is in progress.")).to_be_visible()
    expect(page.get_by_role("button", name="Start MO/7")).to_have_count(0)

    page.get_by_role("button", name="All made MO/7").click()
    expect(page.get_by_text("MO/7 is done: 10 bundle made.")).to_be_visible()
    expect(page.get_by_role("heading", name="Made today")).to_be_visible()
    assert page.problems == []


def test_what_is_typed_stays_while_others_work_and_who_comes_second_is_told(window, person):
    production = ManufacturingOrderFactory(name="MO/7")
    page = window(Role.PRODUCTION, SIZES["office"])
    page.goto(LIST)
    page.locator("summary", has_text="Move").click()
    typed = on_the_clock(production.ends_at + dt.timedelta(days=9))
    page.get_by_label("To", exact=True).fill(typed)

    later = production.ends_at + dt.timedelta(days=2)
    type(production).objects.update(ends_at=later)
    touch("production")
    expect(page.locator(".when")).to_contain_text(f"{day_of(later):%-d %b}")
    expect(page.get_by_label("To", exact=True)).to_have_value(typed)

    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else has moved MO/7")
    assert not OutboxEntry.objects.exists()
