"""The calendar, by its pages: words for the tests."""

import datetime as dt
import zoneinfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal.testing.days import business_today
from portal.testing.mirrors import PickingFactory
from portal.testing.purchases import ordered
from portal.testing.yard import JobFactory, StopFactory
from scheduling.models import Job
from scheduling.selectors.calendar import entries_within
from scheduling.selectors.calendar_entry import Days, Kind
from scheduling.tests.conftest import PARTIAL

CALENDAR = reverse("scheduling:calendar")
ENTRIES = reverse("scheduling:calendar-entries")
ZONE = zoneinfo.ZoneInfo(settings.BUSINESS_TIME_ZONE)
ALL = list(Kind)
DAY = business_today() + dt.timedelta(days=5)
NEXT = DAY + dt.timedelta(days=1)
ONLY = Days(DAY, DAY)
HERE = f"view=week&day={DAY}"


def at(hour, minute=0, day=DAY):
    """Return a moment of the day on the clock of the business."""
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


def delivery(name="Maria Alvarez", order="S00417", **values):
    """Return a stop on a run of the day."""
    picking = PickingFactory(order__customer__name=name, order__name=order)
    job = JobFactory(picking=picking, state=Job.State.SCHEDULED)
    return StopFactory(**{"run__day": DAY, "job": job, **values})


def receipt(day=DAY, **values):
    """Return an order at a vendor that is expected on the day."""
    return ordered(planned_at=at(12, day=day), **values)


def page(browser, view="day", day=DAY, **more):
    """Return what the page shows."""
    return browser.get(CALENDAR, {"view": view, "day": day.isoformat(), **more}).text


def told(browser, first=DAY, last=DAY, **more):
    """Return the entries of the days, the last included, as the browser reads them, by kind."""
    span = {"start": first, "end": last + dt.timedelta(days=1)}
    answer = browser.get(ENTRIES, {**span, **more}).json()
    return {one["id"]: one for one in answer["entries"]}


def address(kind, key, what="move"):
    return reverse(f"scheduling:calendar-{what}", args=[kind, key])


def now():
    return timezone.now()


def on(days=ONLY, kinds=ALL):
    """Return the entries of the day, on the clock of the business."""
    with timezone.override(ZONE):
        return entries_within(days, kinds=kinds, now=now()).entries


def words(entry):
    return [one.words for one in entry.notices]


def send(browser, entry, *, headers=PARTIAL, **values):
    """Send a move with what the entry says was seen; ``headers=None``: without a script."""
    return browser.post(f"{entry['move']}?{HERE}", {**entry["seen"], **values}, headers=headers)


def only(browser):
    """Return the one entry of the day."""
    [entry] = told(browser).values()
    return entry
