"""Where nobody took anything: the stop stays in view, and the goods come back to the yard."""

import pytest
from playwright.sync_api import expect

from portal.testing.yard import PickupFactory, StopFactory
from portal.tests.e2e.driver import SIZES, all_is_sent, open_stop, signal, tap, too_small, unsent
from portal.tests.e2e.eyes import faults
from scheduling.models import Job, Stop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def leave(page, stop, what="Nobody was there"):
    open_stop(page, stop)
    tap(page, "Not taken", "link")
    page.get_by_label(what).check()
    page.get_by_label("Why was it not taken?").fill("Gate locked")
    tap(page, "Save")
    expect(page.get_by_text("done", exact=False).first).to_be_visible()


def shows_that_he_was_there(page):
    row = page.get_by_role("link", name="A. Whitfield")
    expect(row.locator(".chip")).to_have_text("✕ Nobody was there")
    expect(row).to_contain_text("Back to the yard: 2 cord")
    expect(row).to_have_class("stop-row past")
    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    row.tap()
    stop = page.locator(".stop")
    expect(stop).to_contain_text("Gate locked")
    expect(stop).to_contain_text("It goes back to the yard.")
    expect(page.get_by_text("To collect")).to_have_count(0)
    expect(page.get_by_role("link", name="Navigate")).to_have_count(0)


def test_he_sees_that_he_was_there_without_signal_and_afterwards(phone, stops):
    page = phone()
    page.context.set_offline(True)
    leave(page, stops[0])
    unsent(page, 1)
    shows_that_he_was_there(page)

    signal(page)
    assert not Stop.objects.filter(pk=stops[0].pk).exists()
    expect(page.locator(".stop")).to_contain_text("Gate locked")
    tap(page, "Back to the run", "link")
    shows_that_he_was_there(page)


def test_what_comes_back_stands_at_the_end_of_the_run(phone, stops):
    pickup = StopFactory(run=stops[0].run, position=3, job=PickupFactory(state="SCHEDULED"))
    page = phone()
    page.reload()
    expect(page.get_by_text("0 of 4 done")).to_be_visible()
    back = page.locator("main p", has_text="Back to the yard:")
    leave(page, stops[0], "They did not want it")
    leave(page, pickup)
    open_stop(page, stops[1])
    tap(page, "Only a part", "link")
    page.get_by_label("of 2 cord").fill("1.5")
    page.get_by_label("Why is it less?").fill("Too wet")
    tap(page, "Save")
    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    page.evaluate("location.hash = '/'")
    expect(page.get_by_text("3 of 4 done")).to_be_visible()
    expect(back).to_have_count(0)
    open_stop(page, stops[2])
    tap(page, "Delivered")
    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    page.evaluate("location.hash = '/'")

    expect(back).to_contain_text("2.5 cord Oak, seasoned")
    all_is_sent(page)
    page.reload()
    expect(back).to_contain_text("2.5 cord Oak, seasoned")
    expect(page.get_by_text("4 of 4 done")).to_be_visible()
    assert Job.objects.filter(state=Job.State.TO_SCHEDULE).count() == 2


@pytest.mark.parametrize("size", sorted(SIZES))
def test_it_is_accessible_and_fits(phone, stops, size):
    page = phone(size)
    for stop in stops:
        leave(page, stop)
    all_is_sent(page)
    for where in ("#/", f"#/stop/{stops[0].uuid}"):
        page.evaluate("where => location.hash = where", where)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if size == "phone":
            assert too_small(page) == []
    assert page.problems == []
