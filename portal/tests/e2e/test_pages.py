"""What only a browser shows: pages that can be read, used with the keyboard, and fit a phone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from crm_intake.models import Message, WebhookDelivery
from odoo_bridge.models import OutboxEntry
from odoo_bridge.services.promise_lead import promise_lead
from portal.accounts.models import Role
from portal.testing.mirrors import PickingFactory
from portal.tests.e2e.eyes import faults
from scheduling.services.follow_pickings import follow_pickings

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SIZES = {"office": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
LINES = """all => all.map(one => {
  const words = document.createRange()
  words.selectNodeContents(one.firstChild)
  return words.getClientRects().length
})"""
PAGES = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "office:today",
    "office:setup",
    "scheduling:board",
    "scheduling:calendar",
    "scheduling:day-map",
    "scheduling:sheets",
    "scheduling:places",
    "scheduling:quotes",
    "scheduling:prices",
    "scheduling:hours",
    "scheduling:materials",
    "scheduling:trucks",
    "drivers:rules",
    "drivers:needs",
    "scheduling:productions",
    "scheduling:purchases",
    "scheduling:purchase-new",
    "drivers:cash",
    "dashboard:director",
    "odoo_bridge:desk",
    "crm_intake:inbox",
    "crm_intake:deliveries",
    "crm_intake:replies",
    "leads:leads",
    "leads:owners",
    "people:import",
]


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(window, name, size):
    page = window(None if name.startswith("account") else Role.ADMIN, SIZES[size])
    page.goto(reverse(name))

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.evaluate("scrollX") == 0
    assert set(page.locator(".pages a").evaluate_all(LINES)) <= {1}, "a page's name is broken"
    assert page.problems == []


@pytest.mark.parametrize("name", ["scheduling:board", "crm_intake:inbox", "odoo_bridge:desk"])
def test_long_words_and_many_figures_fit_a_phone(window, name):
    PickingFactory(order__customer__name="Donaudampfschifffahrtsgesellschaft" * 3)
    follow_pickings()
    delivery = WebhookDelivery.objects.create(
        provider="quo", delivery_id="1", body=b"", received_at=timezone.now()
    )
    Message.objects.create(
        provider="quo",
        event_key="1",
        delivery=delivery,
        sender="+16065550123",
        text="w" * 300,
        occurred_at=timezone.now(),
    )
    promise_lead(title="T", text="", phone="")
    OutboxEntry.objects.update(state="PARKED", last_error="e" * 300, failed_step="s" * 80)
    page = window(Role.OFFICE, SIZES["phone"])
    page.goto(reverse(name))

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"


def test_somebody_signs_in_with_the_keyboard_alone(window, person):
    ann = person(Role.ADMIN)
    ann.set_password("six trucks before dawn")
    ann.save()
    page = window(None, SIZES["office"])
    page.goto("/setup/")

    page.get_by_label("Email").focus()
    page.keyboard.type(ann.email)
    page.keyboard.press("Tab")
    page.keyboard.type("six trucks before dawn")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Set-up")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_the_business_is_named_and_coloured(window):
    page = window(Role.ADMIN, SIZES["office"])
    page.goto("/setup/")

    page.get_by_role("region", name="Business").get_by_label("Name").fill("Ridge & Sons")
    page.get_by_label("Colour").fill("#7a1f5c")
    page.get_by_role("button", name="Save the business").click()

    expect(page.get_by_text("The business profile is saved.")).to_be_visible()
    expect(page.get_by_role("link", name="Ridge & Sons")).to_be_visible()
    button = page.get_by_role("button", name="Save the business")
    expect(button).to_have_css("background-color", "rgb(122, 31, 92)")


def test_an_expired_log_in_is_noticed_without_breaking_the_page(window):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/")
    page.context.clear_cookies()

    page.evaluate("htmx.ajax('GET', '/', '#main')")

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.url.endswith("/account/login/?next=%2F")
