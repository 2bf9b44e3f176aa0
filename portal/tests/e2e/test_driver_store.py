"""A phone whose store fails: what is tapped is noted, or the page says that it was not."""

import pytest
from playwright.sync_api import expect

from drivers.models import StopAction
from portal.tests.e2e.driver import all_is_sent, open_stop, tap

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LOST = """
(isForEver) => {
  const real = IDBDatabase.prototype.transaction;
  let lost;
  IDBDatabase.prototype.transaction = function (...about) {
    lost ??= this;
    if (!isForEver && this !== lost) return real.apply(this, about);
    throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
  };
}
"""
SHUT = "indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };"
COUNTED = """
window.asked = 0;
StorageManager.prototype.persist = async () => { window.asked += 1; return true; };
"""
IS_WRITTEN_UNHEARD = """
() => {
  const real = IDBObjectStore.prototype.add;
  let isLost = false;
  IDBObjectStore.prototype.add = function (...about) {
    const asked = real.apply(this, about);
    if (isLost) return asked;
    isLost = true;
    throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
  };
}
"""


@pytest.mark.parametrize("trouble", [LOST, IS_WRITTEN_UNHEARD])
def test_a_store_that_was_cut_off_is_opened_again(phone, stops, trouble):
    page = phone()
    open_stop(page, stops[0])
    all_is_sent(page)
    page.evaluate(trouble)
    tap(page, "I am on my way")

    expect(page.get_by_text("● On the way")).to_be_visible()
    all_is_sent(page)
    assert StopAction.objects.count() == 1


def test_what_cannot_be_noted_is_said_so(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    all_is_sent(page)
    page.wait_for_load_state("networkidle")  # what is read by itself must not be what fails first
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.accept()))
    page.evaluate(LOST, True)
    with page.expect_event("dialog"):
        tap(page, "I am on my way")
    assert said == ["Nothing was noted. Close the page and open it again."]

    with page.expect_event("dialog"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(500)

    assert said[1:] == ["The phone's memory does not answer. Close the page and open it again."]


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-US", "The phone's memory does not answer."), ("es-US", "no responde.")],
)
def test_a_store_that_does_not_open_is_said_so(phone, locale, words):
    page = phone(locale=locale)
    page.context.add_init_script(SHUT)
    page.reload()

    expect(page.get_by_role("alert")).to_contain_text(words)
    assert page.get_by_role("button").count() == 1


def test_the_phone_is_asked_to_keep_the_day(phone):
    page = phone(before=lambda page: page.add_init_script(COUNTED))
    all_is_sent(page)

    assert page.evaluate("window.asked") == 1
