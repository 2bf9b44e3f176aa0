"""Whose phone it is: a log-in that is over loses nothing, and another driver sees nothing."""

import pytest
from playwright.sync_api import expect

from drivers.models import StopAction
from portal.testing.yard import DriverFactory
from portal.tests.e2e.driver import all_is_sent, arrive, open_stop, sign_in, tap, unsent

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_an_expired_log_in_discards_nothing(phone, stops):
    page = phone()
    page.context.clear_cookies()
    open_stop(page, stops[0])
    arrive(page)
    tap(page, "Delivered")
    unsent(page, 3)
    page.get_by_role("link", name="▲ Sign in").tap()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert "/login" in page.get_by_role("link", name="Sign in", exact=True).get_attribute("href")
    page.reload()
    unsent(page, 3)

    sign_in(page.context, page.url, stops[0].run.driver.user)
    page.goto("/driver/")
    all_is_sent(page)
    assert StopAction.objects.count() == 3


def test_another_driver_on_the_phone_sees_nothing_and_sends_nothing(phone, stops):
    page = phone()
    page.context.set_offline(True)
    open_stop(page, stops[0])
    arrive(page)
    unsent(page, 2)
    other = DriverFactory().user
    page.context.clear_cookies()
    sign_in(page.context, page.url, other)
    page.context.set_offline(False)
    page.goto("/driver/")

    expect(page.get_by_text("You have no run today.")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    assert "Whitfield" not in page.content()
    assert not StopAction.objects.exists()

    page.context.clear_cookies()
    sign_in(page.context, page.url, stops[0].run.driver.user)
    page.goto("/driver/")
    expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible(timeout=10_000)  # no timer is waited for
    assert StopAction.objects.count() == 2


def test_who_has_just_signed_in_is_not_shown_the_former_s_day(phone, stops):
    page = phone()
    page.wait_for_timeout(1500)  # the last look is kept once the screen has been still
    page.context.clear_cookies()
    sign_in(page.context, page.url, DriverFactory().user)
    asked = []

    def hold(route):
        asked.append(route)

    page.context.route("**/driver/day", hold)
    with page.expect_request("**/driver/day"):
        page.goto("/driver/", referer=f"{page.url.split('/driver/')[0]}/accounts/login/")

    assert "Whitfield" not in page.content()
    asked.pop().continue_()
    expect(page.get_by_text("You have no run today.")).to_be_visible()


def test_where_somebody_signs_in_the_former_s_last_look_is_forgotten(phone, stops):
    page = phone()
    page.wait_for_timeout(1500)
    assert page.evaluate("caches.has('/driver/look')") is True
    page.context.clear_cookies()
    page.goto("/account/login/")

    assert page.evaluate("caches.has('/driver/look')") is False


def test_without_signal_after_the_log_in_the_former_s_day_is_not_shown_either(phone, stops):
    page = phone()
    page.context.set_offline(True)
    open_stop(page, stops[0])
    arrive(page)
    unsent(page, 2)
    page.evaluate("location.hash = '#/'")
    page.wait_for_timeout(1500)  # until the look is kept, too
    other = DriverFactory().user
    page.evaluate("who => document.cookie = `signed-in=${who}; path=/driver/`", other.pk)

    for referer in (f"{page.url.split('/driver/')[0]}/account/login/", None):
        page.goto("/driver/", referer=referer)
        expect(page.get_by_text("The first time this phone needs a signal")).to_be_visible(
            timeout=9000  # of which five seconds for the server
        )
        assert "Whitfield" not in page.content()

    page.evaluate(
        "who => document.cookie = `signed-in=${who}; path=/driver/`", stops[0].run.driver.user.pk
    )
    page.goto("/driver/")
    expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible()
    unsent(page, 2)


def test_a_page_that_is_loaded_again_waits_for_no_server(phone, stops):
    page = phone()
    page.goto("/driver/", referer=f"{page.url.split('/driver/')[0]}/accounts/login/")
    expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible()
    asked = []

    def hold(route):
        asked.append(route)

    page.context.route("**/driver/day", hold)
    page.reload()

    expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible(timeout=3000)
    for route in asked:
        route.abort()


def test_who_signs_out_leaves_nothing_to_be_seen_and_loses_nothing(phone, stops):
    page = phone()
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(True)
    open_stop(page, stops[0])
    arrive(page)
    unsent(page, 2)
    page.evaluate("location.hash = '#/'")
    page.context.route("**/driver/acts", lambda route: route.abort())
    page.context.set_offline(False)
    tap(page, "Sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.context.unroute("**/driver/acts")

    page.goto("/driver/")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    assert "Whitfield" not in page.content()
    assert page.evaluate("caches.has('/driver/look')") is False

    sign_in(page.context, page.url, stops[0].run.driver.user)
    page.goto("/driver/")
    expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible()
    all_is_sent(page)
    assert StopAction.objects.count() == 2
