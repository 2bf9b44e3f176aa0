"""The leads, and one of them, in a browser."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from odoo_bridge.models import LeadRecord, OutboxEntry
from portal.accounts.models import Role
from portal.core.changes import touch
from portal.testing.leads import LeadFactory, OdooUserFactory, StageFactory
from portal.testing.mirrors import PartnerFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def leads():
    """Make leads of every kind."""
    StageFactory(name="Qualified")
    sue = OdooUserFactory(contact__name="Sue Parker")
    given = {"owner": sue, "owner_odoo_id": sue.odoo_id, "stage__name": "New"}
    return [
        LeadFactory(name="Two cords of oak", contact_name="Ann Miller", phone="+16065550123"),
        LeadFactory(name="Mulch, Spaltholz" + "donau" * 20, customer=PartnerFactory(), **given),
        LeadFactory(name="Sand", kind="opportunity", **given),
    ]


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_leads_and_one_of_them_are_accessible_and_fit(window, leads, size):
    page = window(Role.OFFICE, SIZES[size])
    for address in ("/leads/", f"/leads/{leads[0].uuid}/", f"/leads/{leads[1].uuid}/"):
        page.goto(address)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert page.problems == []


def test_somebody_gives_a_lead_away_and_closes_it(window, leads):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/leads/")
    page.get_by_role("link", name="Ann Miller").click()

    page.get_by_label("Who sees to it").select_option("Sue Parker")
    page.get_by_label("Stage").select_option("Qualified")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    expect(page.locator("#lead .facts")).to_contain_text("Sue Parker")
    expect(page.locator("#lead .facts")).to_contain_text("on its way to Odoo")

    page.get_by_label("Why, if it is lost").fill("Too dear")
    page.get_by_role("button", name="Lost").click()
    expect(page.locator("#toasts")).to_contain_text("Lost.")
    expect(page.get_by_role("button", name="Won")).to_have_count(0)
    closing = OutboxEntry.objects.get(command="CloseLead")
    assert (closing.payload["won"], closing.payload["reason"]) == (False, "Too dear")
    assert page.problems == []


def test_a_new_lead_appears_by_itself(window, leads):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/leads/")
    LeadRecord.objects.filter(pk=leads[2].pk).update(contact_name="Bob of the sand")
    with transaction.atomic():
        touch("leads")
    expect(page.get_by_role("link", name="Bob of the sand")).to_be_visible()


def test_what_nobody_touched_follows_what_others_do(window, leads):
    bob = OdooUserFactory(contact__name="Bob Stone")
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(f"/leads/{leads[1].uuid}/")
    page.get_by_label("Stage").select_option("Qualified")
    with transaction.atomic():
        LeadRecord.objects.filter(pk=leads[1].pk).update(owner=bob, owner_odoo_id=bob.odoo_id)
        touch("leads")
    expect(page.locator("#lead .facts")).to_contain_text("Bob Stone")

    expect(page.get_by_label("Who sees to it")).to_have_value(str(bob.odoo_id))
    expect(page.get_by_label("Stage").locator("option:checked")).to_have_text("Qualified")
