"""In a browser: a price is written to an order, also by the keyboard and without JavaScript."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.testing.factories import UserFactory
from portal.testing.mirrors import PartnerFactory, ProductFactory, SaleOrderFactory
from portal.tests.e2e.eyes import faults
from scheduling.models import DeliveryRates, Place, Quote

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def where():
    """Return the page of a quote, beside two open orders."""
    product = ProductFactory(name="Delivery", kind="service", unit_odoo_id=1)
    DeliveryRates.objects.create(pk=1, per_mile=Decimal("3.5"), base_fee=20, product=product)
    place = Place.objects.create(key="2 main", address="2 Main St, Greenup, KY 41144")
    SaleOrderFactory(name="S00042", customer=PartnerFactory(name="Ann Archer"))
    SaleOrderFactory(name="S00043", customer=PartnerFactory(name="Hillside Timber & Sons"))
    quote = Quote.objects.create(
        place=place,
        lines=[{"label": "Way", "how": "20.0 miles", "amount": "90.00"}],
        total=90,
        metres=32187,
        source="PERSON",
        currency="USD",
        made_by=UserFactory.create(),
    )
    return reverse("scheduling:quote-orders", args=[quote.uuid])


def test_it_is_written_by_the_keyboard(window, where):
    page = window(Role.OFFICE, DESK)
    page.goto(where)
    search = page.get_by_label("Order or customer")
    search.focus()
    page.keyboard.type("hillside")
    expect(page.get_by_role("button", name="Write it to S00042")).to_have_count(0)
    page.get_by_role("button", name="Write it to S00043").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Written to S00043.")).to_be_visible()
    expect(page.get_by_text("not in Odoo yet")).to_be_visible()
    assert OutboxEntry.objects.get().command == "SetDeliveryLine"
    assert page.problems == []


def test_a_price_is_asked_for_with_the_keyboard(window, where):
    Place.objects.create(key="long", address="Donaudampfschifffahrtsgesellschaft" * 7)
    page = window(Role.OFFICE, PHONE)
    page.goto("/quotes/")
    page.get_by_label("Miles one way").fill("20")
    with page.expect_response("**/quotes/addresses?*"):
        page.get_by_label("Address").press_sequentially("Donaudampfschifffahrtsgesellschaft" * 7)
    page.keyboard.press("Enter")

    expect(page.locator("#quote").get_by_text("The miles were typed in.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "too wide"
    assert page.problems == []


def test_it_is_written_without_javascript(browser, window, where, live_server):
    signed_in = window(Role.OFFICE, PHONE).context
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=signed_in.storage_state()
    )
    page = context.new_page()
    page.goto(where)
    page.get_by_label("Order or customer").fill("ann")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Write it to S00042").click()

    expect(page.get_by_text("Written to S00042.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_is_accessible_and_fits(window, where, size):
    page = window(Role.OFFICE, size)
    page.goto(where)
    page.get_by_role("button", name="Write it to S00042").click()
    expect(page.get_by_text("not in Odoo yet")).to_be_visible()
    OutboxEntry.objects.update(state="PARKED", last_error="Order S00042 is locked in Odoo.")

    for shown in (where, "/quotes/"):
        page.goto(shown)
        expect(page.get_by_text("Odoo said no")).to_be_visible()
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "too wide"
    assert page.problems == []
