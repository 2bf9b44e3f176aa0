"""A form whose answer never comes."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from portal.testing.yard import StopFactory
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Stop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_button_whose_request_was_stopped_works_again_after_a_while(browser, live_server):
    stop = StopFactory(
        job__picking__order__customer_odoo_id=7, job__picking__order__currency_odoo_id=1
    )
    driver = Client()
    driver.force_login(stop.run.driver.user)
    with browser.new_context(base_url=live_server.url, viewport=SIZES["phone"]) as context:
        session = driver.cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.clock.install()
        page.goto(f"/driver/stops/{stop.uuid}/")
        button = page.get_by_role("button", name="Delivered")
        form = page.locator("[data-once]")
        # As when the user stops the request: it was submitted, and no page follows.
        form.evaluate(
            "form => form.addEventListener('submit', e => e.preventDefault(), {once: true})"
        )
        button.click()
        expect(button).to_have_attribute("aria-busy", "true")

        page.clock.fast_forward(10_000)

        expect(button).not_to_have_attribute("aria-busy", "true")
        button.click()
        expect(page.get_by_label("Amount received")).to_be_visible()

    assert Stop.objects.get().done_at is not None
