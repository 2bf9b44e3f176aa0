"""Times as somebody types them on the clock of the business."""

import datetime as dt
import zoneinfo

import pytest
from django.utils import timezone

from scheduling.forms.production import PlanForm

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def _clock_of_the_business():
    with timezone.override(NEW_YORK):
        yield


def next_change(*, forward):
    """Return the next day on which the clock is put forward, or back, at two."""
    day = timezone.localdate() + dt.timedelta(days=1)
    while True:
        noons = [
            dt.datetime.combine(one, dt.time(12), NEW_YORK).utcoffset()
            for one in (day - dt.timedelta(days=1), day)
        ]
        if noons[1] > noons[0] if forward else noons[1] < noons[0]:
            return day
        day += dt.timedelta(days=1)


def form_of(starts_at, ends_at, **seen):
    return PlanForm({"starts_at": starts_at, "ends_at": ends_at, **seen})


@pytest.mark.parametrize(("forward", "hour"), [(True, "02:30"), (False, "01:30")])
def test_an_hour_that_the_clock_never_or_twice_shows_is_refused(forward, hour):
    day = next_change(forward=forward)

    form = form_of(f"{day}T{hour}", f"{day}T12:00")

    assert form.errors["starts_at"] == [
        "The clock is put forward or back at that hour. Choose another one."
    ]
    assert "ends_at" not in form.errors


def test_what_was_not_touched_stays_exact_even_in_such_an_hour():
    day = next_change(forward=False)
    second = dt.datetime.combine(day, dt.time(1, 30, 7), NEW_YORK).replace(fold=1)

    form = form_of(f"{day}T01:30", f"{day}T12:00", seen_starts_at=second.isoformat())

    assert form.is_valid(), form.errors
    assert form.times["starts_at"].astimezone(dt.UTC) == second.astimezone(dt.UTC)
    assert form.seen.ends_at is None


@pytest.mark.parametrize("text", ["soon", "2026-13-01T10:00", "2026-12-01T10:00+02:00", ""])
def test_what_is_no_time_is_refused(text):
    form = form_of(text, text)

    assert set(form.errors) == {"starts_at", "ends_at"}


def test_a_mistyped_year_is_refused():
    form = form_of("0206-12-01T10:00", "9999-12-01T10:00")

    for name in ("starts_at", "ends_at"):
        assert "Choose a day from" in form.errors[name][0]
