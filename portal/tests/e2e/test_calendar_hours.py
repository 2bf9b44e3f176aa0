"""The hours that the calendar draws."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from portal.testing.productions import ManufacturingOrderFactory
from portal.tests.e2e.calendar import MONDAY, TUESDAY, drawn, open_calendar
from scheduling.tests.planning import at

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def make(name, starts, ends):
    ManufacturingOrderFactory(name=name, starts_at=starts, ends_at=ends)


def hours(page):
    """Return the first and the last hour that is written beside the days."""
    labels = page.locator(".drawn .ec-sidebar time, .drawn .ec-sidebar .ec-slot-label")
    words = [word for word in labels.all_inner_texts() if ":" in word]
    return words[0], words[-1]


def test_what_lasts_for_days_stands_beside_the_hours_of_work(window):
    make("MO/8", at(4, 13, day=MONDAY), at(4, 13, day=TUESDAY))
    page = open_calendar(window)

    expect(page.locator(".drawn .ec-all-day .ec-event")).to_contain_text("MO/8")
    assert hours(page) == ("07:00", "18:00")
    assert page.problems == []


def test_hours_are_whole_and_reach_as_far_as_there_is_something(window):
    make("MO/9", at(4, 13, day=TUESDAY), at(20, 5, day=TUESDAY))
    page = open_calendar(window)

    expect(drawn(page, "MO/9")).to_contain_text("04:13")
    assert hours(page) == ("05:00", "20:00")


def test_a_night_s_work_shows_all_hours(window):
    make("MO/10", at(22, day=MONDAY), at(22, day=MONDAY) + dt.timedelta(hours=6))
    page = open_calendar(window)

    expect(drawn(page, "MO/10").first).to_be_visible()
    assert hours(page) == ("01:00", "23:00")


def test_what_lasts_for_a_minute_is_high_enough_to_be_read(window):
    make("MO/9", at(8, day=MONDAY), at(8, 1, day=MONDAY))
    page = open_calendar(window)

    entry = drawn(page, "MO/9")
    expect(entry).to_be_visible()
    assert entry.bounding_box()["height"] >= entry.locator(".face-time").bounding_box()["height"]


def test_what_is_short_and_stands_beside_another_is_named(window):
    make("MO/9", at(8, day=MONDAY), at(9, day=MONDAY))
    make("MO/10", at(8, day=MONDAY), at(8, 15, day=MONDAY))
    page = open_calendar(window)

    short = drawn(page, "MO/10")
    expect(short).to_be_visible()
    box, name = (one.bounding_box() for one in (short, short.locator(".face-words")))
    line = 1.2 * float(short.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))
    assert name["y"] + line <= box["y"] + box["height"]
