"""A driver signs in by a code, with a thumb, and is back at what waits on the phone."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from crm_intake.sender import Sender
from crm_intake.services.deliver_text import deliver_next
from drivers.models import StopAction
from portal.accounts.models import User
from portal.tests.e2e.driver import SIZES, THUMB, all_is_sent, arrive, open_stop, tap
from portal.tests.e2e.eyes import faults

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
NUMBER = "+13045550188"


@pytest.fixture(autouse=True)
def nobody_has_asked():
    """Forget how often codes were asked for: the cache's table outlives a test."""
    cache.clear()


@pytest.fixture
def texts():
    """Return what was texted, oldest first: ``texts()`` sends what waits."""
    went = []

    def send(_number, text, while_sending):
        with while_sending():
            went.append(text)
        return f"text-{len(went)}"

    here = Sender(name="here", label="Here", send=send, find=lambda *_: [])

    def sent():
        while deliver_next(here):
            pass
        return went

    return sent


@pytest.fixture
def driver(stops):
    """Return the driver of the run, whose number is known."""
    user = stops[0].run.driver.user
    User.objects.filter(pk=user.pk).update(phone=NUMBER)
    return user


def check(page):
    """The page is accessible, fits, and can be used with a thumb."""
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for one in page.locator(".big, input[type=tel], input[name=code]").all():
        assert one.bounding_box()["height"] >= THUMB


def ask(page, number="(304) 555-0188"):
    page.get_by_label("Your mobile number").fill(number)
    page.get_by_role("button", name="Text me a code").click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()


def test_an_expired_log_in_is_renewed_by_a_code_and_what_waits_is_sent(phone, stops, driver, texts):
    page = phone()
    page.context.clear_cookies()
    open_stop(page, stops[0])
    arrive(page)
    page.get_by_role("link", name="2 not sent yet").tap()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.get_by_role("link", name="Sign in", exact=True).tap()
    tap(page, "Text me a code", role="link")
    ask(page)
    expect(page.get_by_label("Code")).to_be_focused()

    [text] = texts()
    page.keyboard.type(text.split()[0])
    page.keyboard.press("Enter")

    page.wait_for_url("**/driver/**")
    all_is_sent(page)
    assert StopAction.objects.count() == 2


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("scripts", [True, False])
def test_its_pages_are_accessible_fit_a_thumb_and_need_no_scripts(
    browser, live_server, driver, texts, size, scripts
):
    context = browser.new_context(
        base_url=live_server.url,
        viewport=SIZES[size],
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.goto("/account/login/?next=/driver/")
    look = check if scripts else lambda _page: None  # axe is a script itself
    look(page)
    page.get_by_role("link", name="Text me a code").click()
    look(page)
    ask(page)
    look(page)
    page.get_by_label("Code").fill("no")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("This is not the code.")).to_be_visible()
    look(page)

    page.get_by_role("button", name="Another code").click()
    expect(page.get_by_role("heading", name="Text me a code")).to_be_visible()
    ask(page)
    page.get_by_label("Code").fill(texts()[-1].split()[0])
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.wait_for_url("**/driver/")
    context.close()
