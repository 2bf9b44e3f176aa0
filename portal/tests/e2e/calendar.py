"""The hands of whoever plans on the calendar."""

import datetime as dt

from playwright.sync_api import expect

from portal.accounts.models import Role
from portal.testing.productions import ManufacturingOrderFactory, WorkCenterFactory
from portal.testing.yard import RunFactory, TruckFactory
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Stop
from scheduling.tests.planning import DAY, at, delivery, receipt

MONDAY = DAY - dt.timedelta(days=DAY.weekday()) + dt.timedelta(days=7)
TUESDAY, WEDNESDAY = (MONDAY + dt.timedelta(days=number) for number in (1, 2))


def open_calendar(window, view="week", *, role=Role.OFFICE, size="office"):
    page = window(role, SIZES[size])
    page.goto(f"/calendar/?view={view}&day={MONDAY}")
    return page


def drawn(page, words):
    """Return an entry where it is drawn."""
    return page.locator(".drawn .ec-event:not(.ec-ghost, .ec-preview)", has_text=words)


def plan_week():
    """Give the week a delivery, a production and a receipt."""
    run = RunFactory(truck=TruckFactory(vehicle__plate="YARD 01"), day=MONDAY)
    stop = delivery(run=run)
    wrong = [{"words": "not made in time", "reason": "MO/7 ends at 12.", "certain": True}]
    Stop.objects.filter(pk=stop.pk).update(problems=wrong)
    saw = WorkCenterFactory(name="Saw")
    made = ManufacturingOrderFactory(name="MO/7", starts_at=at(8, day=TUESDAY), at=[saw])
    return stop, made, receipt(day=WEDNESDAY, name="P00031", vendor__name="Hill & Sons")


def drag(page, source, *, across=0, down=0, edge=False):
    """Drag an entry by its upper part, or by its lower edge, so many px from there."""
    rest(page)
    into_view(source)
    box = box_of(source)
    x, y = box["x"] + box["width"] / 2, box["y"] + (box["height"] - 3 if edge else 6)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 2, y + down / 2, steps=4)
    page.mouse.move(x + across, y + down, steps=4)
    page.mouse.up()


def into_view(part):
    """Scroll to it, also while the calendar is drawn anew: one that goes is never at rest."""
    part.evaluate("one => one.scrollIntoView({ block: 'nearest', inline: 'nearest' })")


def box_of(part):
    """Return where it stands, also while the calendar is drawn anew."""
    for _ in range(50):
        if box := part.bounding_box():
            return box
        part.page.wait_for_timeout(100)
    raise AssertionError("it is not drawn")


def rest(page):
    """Wait until a move is answered and drawn."""
    expect(page.locator(".drawn:not([data-busy])")).to_be_visible()


def days_on(page, number):
    """Return how far it is to the same place so many days later."""
    into_view(page.locator(".drawn .ec-event").first)  # once all is in its place
    return number * (left(head(page, TUESDAY)) - left(head(page, MONDAY)))


def left(part):
    into_view(part)
    return round(box_of(part)["x"])


def head(page, day):
    """Return the head of a day's column."""
    return page.locator(".drawn .ec-col-head", has_text=f"{day:%a} {day.day} {day:%b}").last


def stands_on(page, words, day):
    """Say whether an entry is drawn below the head of a day, within five seconds."""
    for _ in range(50):
        boxes = drawn(page, words).evaluate_all("all => all.map(e => e.getBoundingClientRect().x)")
        if [round(x) for x in boxes] == [left(head(page, day))]:
            return True
        page.wait_for_timeout(100)
    return False
