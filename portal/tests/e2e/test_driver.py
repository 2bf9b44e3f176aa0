"""The driver's phone: one hand, one stop a screen, no tap counted twice."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from drivers.models import Collection, StopAction
from portal.testing.yard import StopFactory
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Job, Stop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
THUMB = 48  # px


@pytest.fixture
def stops():
    """A run with three stops."""
    order = {"customer_odoo_id": 7, "currency_odoo_id": 1}
    values = {f"job__picking__order__{name}": value for name, value in order.items()}
    first = StopFactory(job__picking__order__customer__name="A. Whitfield", **values)
    names = {1: "Hill Diner", 2: "Donaudampfschifffahrtsgesellschaft" * 3}
    rest = [
        StopFactory(run=first.run, position=n, job__picking__order__customer__name=name, **values)
        for n, name in names.items()
    ]
    return [first, *rest]


@pytest.fixture
def phone(browser, live_server, stops):
    """Open the phone of the run's driver: ``phone("dark")``."""
    opened = []

    def open_phone(scheme="light", size="phone"):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=SIZES[size],
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=True,
        )
        opened.append(context)
        signed_in = Client()
        signed_in.force_login(stops[0].run.driver.user)
        session = signed_in.cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_phone
    for context in opened:
        context.close()


def test_a_stop_is_delivered_and_paid_with_the_thumb(phone, stops):
    page = phone()
    page.goto("/driver/")
    page.get_by_role("link", name="Open this stop").tap()
    expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible()
    assert "118%20Hickory" in page.get_by_role("link", name="Navigate").get_attribute("href")
    page.get_by_role("button", name="Delivered").tap()

    expect(page.get_by_label("Amount received")).to_have_value("412.00")
    page.get_by_role("button", name="Cash received").tap()
    expect(page.get_by_text("Collected")).to_be_visible()
    page.get_by_role("link", name="Next stop").tap()

    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    assert Collection.objects.get().amount == 412


def test_a_double_tap_and_the_back_button_are_one_act(phone, stops):
    page = phone()
    page.goto(f"/driver/stops/{stops[0].uuid}/")
    page.get_by_role("button", name="Delivered").dblclick()
    expect(page.get_by_label("Amount received")).to_be_visible()
    page.get_by_role("button", name="Cash received").dblclick()
    expect(page.get_by_text("Collected")).to_be_visible()

    page.go_back()
    page.go_back()

    assert StopAction.objects.count() == 2
    assert Collection.objects.count() == 1


def test_a_refusal_stands_beside_the_amount(phone, stops):
    page = phone()
    page.goto(f"/driver/stops/{stops[0].uuid}/")
    page.get_by_role("button", name="Delivered").tap()

    page.get_by_label("Amount received").fill("500")
    page.get_by_role("button", name="Cash received").tap()

    expect(page.get_by_text("is due here. Type what you were given")).to_be_visible()
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_driver_s_screens_are_accessible_fit_and_take_a_thumb(phone, stops, size, scheme):
    now = timezone.now()
    Job.objects.filter(pk=stops[1].job_id).update(state=Job.State.CANCELLED)
    page = phone(scheme, size)

    for path in ("/driver/", f"/driver/stops/{stops[0].uuid}/", f"/driver/stops/{stops[2].uuid}/"):
        page.goto(path)
        looks_right(page, size)
    Stop.objects.filter(pk=stops[0].pk).update(done_at=now)
    page.goto(f"/driver/stops/{stops[0].uuid}/")
    looks_right(page, size)


def looks_right(page, size):
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    if size == "phone":
        for target in page.locator("main a, main button, main input:visible").all():
            assert target.bounding_box()["height"] >= THUMB, target
