"""A conflict is read and decided on any screen, and with the keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.services.change_customer import change_customer
from portal.accounts.models import Role
from portal.testing.mirrors import PartnerFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
HOME = {"street": "1 Oak St", "zip": "41101", "city": "Ashland"}
WIDE = "Donaudampfschifffahrtsgesellschaft" * 2


@pytest.fixture
def entry():
    """Return an entry in conflict about telephone and address."""
    partner = PartnerFactory(name="Maria Alvarez", remote={**HOME, "phone": "606-555-0101"})
    changes = {"phone": "606-555-0102", "street": "2 Elm St"}
    entry = change_customer(partner_id=partner.pk, changes=changes, seen={}, by=None)
    OutboxEntry.objects.update(state="CONFLICT", sent_at=timezone.now())
    told = {"entry": entry, "changed_by": "Mitchell Admin", "changed_at": timezone.now()}
    phones = [{"phone": f"606-555-010{n}"} for n in (1, 2, 3)]
    addresses = [HOME, {**HOME, "street": "2 Elm St"}, {**HOME, "city": WIDE, "zip": "41143"}]
    for key, sides in (("phone", phones), ("address", addresses)):
        base, mine, theirs = sides
        Conflict.objects.create(key=key, base=base, mine=mine, theirs=theirs, **told)
    return entry


@pytest.mark.parametrize("size", sorted(SIZES))
def test_a_conflict_is_accessible_and_fits(window, entry, size):
    page = window(Role.OFFICE, SIZES[size])
    page.goto(reverse("odoo_bridge:desk"))

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


def test_a_conflict_is_decided_with_the_keyboard_alone(window, entry):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(reverse("odoo_bridge:desk"))

    page.get_by_role("group", name="Phone").get_by_label("Keep mine").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name="Address").get_by_label("Take Odoo's")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("group", name="Phone")).to_have_count(0)
    entry.refresh_from_db()
    assert entry.state == OutboxEntry.State.QUEUED
    assert (entry.payload["phone"], entry.payload["street"]) == ("606-555-0102", None)
    assert page.problems == []
