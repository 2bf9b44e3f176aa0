"""The public page of news by text, in a browser."""

import pytest
from playwright.sync_api import expect

from crm_intake.models import LedgerEvent, TextProgram
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def program():
    """Let there be news to sign up for."""
    TextProgram.objects.create(
        pk=1,
        about="offers and news",
        frequency="up to 4 texts a month",
        keyword="oak",
        terms_url="https://oak.example/terms",
        privacy_url="https://oak.example/privacy",
    )


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("address", ["/texts/", "/texts/form/"])
def test_it_is_accessible_and_fits(window, address, size):
    page = window(None, SIZES[size])
    page.goto(address)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.problems == []


def test_somebody_signs_up_with_the_keyboard(window):
    page = window(None, SIZES["phone"])
    page.goto("/texts/")
    page.get_by_label("Mobile number").press_sequentially("(606) 555-0123", delay=150)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Sign up").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thank you.")
    assert LedgerEvent.objects.get().kind == "REQUESTED"
