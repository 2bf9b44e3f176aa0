"""The office's day follows what others do, and what Odoo says."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from odoo_bridge.models import OutboxEntry
from odoo_bridge.services.promise_lead import promise_lead
from portal.accounts.models import Role
from portal.core.changes import touch
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_what_needs_a_person_appears_by_itself_and_in_the_header(window, yard):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/")
    expect(page.get_by_role("link", name="3 to schedule")).to_be_visible()

    promise_lead(title="T", text="", phone="")
    OutboxEntry.objects.update(state="PARKED")
    touch("sync")

    expect(page.get_by_role("link", name="1 refused by Odoo, or changed there too")).to_be_visible()
    expect(page.get_by_role("link", name="Sync 1 for a person to decide")).to_be_visible()
    page.get_by_role("link", name="3 to schedule").click()
    page.wait_for_url("**" + reverse("scheduling:board"))
    assert page.problems == []


def test_a_page_that_was_signed_out_says_so(window):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto("/")

    page.context.clear_cookies()

    expect(page.get_by_text("You have been signed out")).to_be_visible()


def test_a_page_that_hears_nothing_says_so_until_it_does(window):
    page = window(Role.OFFICE, SIZES["office"])
    page.clock.install()
    page.goto("/")
    page.route("**/live?*", lambda route: route.abort())
    silence = page.get_by_text("The portal does not answer")

    wait_for(page, times=2)
    expect(silence).not_to_be_visible()
    wait_for(page, times=2)
    expect(silence).to_be_visible()

    page.unroute("**/live?*")
    wait_for(page, times=1)
    expect(silence).not_to_be_visible()


def wait_for(page, *, times):
    """Let the page ask so often."""
    for _ in range(times):
        with page.expect_request("**/live?*"):
            page.clock.run_for(6_000)
        page.wait_for_timeout(100)
