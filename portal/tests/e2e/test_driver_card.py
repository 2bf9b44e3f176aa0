"""A link to pay by card that never comes: the driver and the office see it in time."""

import pytest
from playwright.sync_api import expect

from crm_intake.failures import words_of
from drivers.models import CardLink
from drivers.services.ask_by_card import NO_NUMBER
from drivers.tests.phone import phone_of
from odoo_bridge.models import Partner, PaymentLink
from portal.accounts.models import Role
from portal.tests.e2e.driver import all_is_sent, open_stop, tap, too_small
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WHY = "No payment provider is set up for this company, so that nobody can pay by card."
NO_LINK = "The customer got no link to pay by card. Take cash or a check."


@pytest.fixture
def stop(stops):
    """The second stop: delivered, and Odoo has made no page to pay it by card."""
    stop = stops[1]
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone="(606) 555-0123")
    driver = phone_of(stop)
    driver.do("DELIVERED", stop, lines=[])
    driver.do("CARD_LINK", stop, amount="412.00")
    PaymentLink.objects.update(why=WHY)
    return stop


def test_the_driver_takes_the_money_otherwise_or_asks_again(phone, stop):
    page = phone()
    expect(page.get_by_text("▲ no card link")).to_be_visible()
    open_stop(page, stop)
    expect(page.get_by_role("status")).to_contain_text(NO_LINK)
    expect(page.get_by_role("status")).to_contain_text(WHY)
    expect(page.get_by_text("A link to pay by card goes to the customer.")).to_have_count(0)

    tap(page, "Money received", "link")
    expect(page.get_by_role("status")).to_contain_text(NO_LINK)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert too_small(page) == []
    tap(page, "Text a link to pay by card")
    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    all_is_sent(page)
    open_stop(page, stop)

    expect(page.get_by_text("A link to pay by card goes to the customer.")).to_be_visible()
    expect(page.get_by_text(NO_LINK)).to_have_count(0)
    assert CardLink.objects.count() == 2
    assert page.problems == []


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (NO_NUMBER, "Ya no hay número que reciba mensajes."),
        (str(words_of("30003")), "El teléfono está apagado o sin señal."),
        (str(words_of("4711")), "El proveedor da el motivo 4711."),
    ],
)
def test_why_there_is_no_link_is_said_in_spanish(phone, stop, why, said):
    CardLink.objects.update(why=why)
    PaymentLink.objects.update(why="")
    page = phone(locale="es-US")
    open_stop(page, stop)

    expect(page.get_by_role("status")).to_contain_text(said)


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_office_settles_it(window, stop, size):
    page = window(Role.OFFICE, SIZES[size])
    page.goto("/runs/")
    lost = page.get_by_role("listitem").filter(has_text=WHY)
    expect(lost).to_contain_text("Link to pay by card")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []

    lost.get_by_label("How it was settled").fill("They pay at the yard")
    lost.get_by_role("button", name="Settled").click()

    expect(lost).to_have_count(0)
