"""When a work centre works: its hours, in their own zone, without its times off."""

import datetime as dt

import pytest

from odoo_bridge.models import TimeOff, WorkCenter, WorkingPeriod
from scheduling.selectors.working_time import Span, joined, without, working_time
from scheduling.tests.workshop import DAY, MONDAY, at, bench, hours_of, off

pytestmark = pytest.mark.django_db
WEEK = Span(at(MONDAY, 0), at(MONDAY + 7 * DAY, 0))


def times_of(center, within=WEEK):
    """Return the spans, from and to, on the clock of New York."""
    center = WorkCenter.objects.select_related("hours").get(pk=center.pk)
    spans = working_time([center], within=within)[center.pk]
    zone = within.start.tzinfo
    return [f"{s.start.astimezone(zone):%d %H:%M}-{s.end.astimezone(zone):%H:%M}" for s in spans]


def test_the_periods_of_a_week_without_breaks_headings_and_what_is_gone():
    hours = hours_of(
        (0, 8, 12),
        (0, 12, 13, {"kind": "lunch"}),
        (0, 13, 16.5),
        (2, 22, 24),
        (3, 8, 12, {"is_heading": True}),
        (3, 8, 12, {"deleted_at": at(MONDAY, 0)}),
    )

    assert times_of(bench(hours)) == ["30 08:00-12:00", "30 13:00-16:30", "02 22:00-00:00"]


def test_without_hours_it_works_day_and_night():
    assert working_time([center := bench()], within=WEEK) == {center.pk: [WEEK]}


@pytest.mark.parametrize(("weeks_later", "begins"), [(0, "09:00"), (1, "08:00"), (2, "09:00")])
def test_of_two_weeks_that_take_turns_each_has_its_own(weeks_later, begins):
    hours = hours_of((0, 8, 12, {"week": "0"}), (0, 9, 12, {"week": "1"}), has_two_weeks=True)
    monday = MONDAY + weeks_later * 7 * DAY  # by Odoo's count the first of these is an odd one

    [span] = times_of(bench(hours), Span(at(monday, 0), at(monday + DAY, 0)))

    assert span == f"{monday:%d} {begins}-12:00"


def test_the_clock_is_that_of_the_timetable():
    in_paris = hours_of((0, 8, 12), zone="Europe/Paris")
    nowhere, none = hours_of((0, 8, 12), zone="Mars/Base"), hours_of((0, 8, 12), zone="")

    assert times_of(bench(in_paris)) == ["30 02:00-06:00"]
    assert times_of(bench(nowhere)) == times_of(bench(none)) == ["30 03:00-07:00"]


def test_a_day_on_which_the_clock_is_put_back_is_an_hour_longer():
    sunday = dt.date(2026, 11, 1)
    hours = hours_of((6, 0, 24))

    spans = working_time([center := bench(hours)], within=Span(at(sunday, 0), at(sunday + DAY, 0)))

    assert [one.minutes for one in spans[center.pk]] == [25 * 60]


def test_where_only_the_sum_counts_the_days_are_filled_from_monday():
    hours = hours_of(is_flexible=True, hours_per_day=8, hours_per_week=20)

    assert times_of(bench(hours)) == ["30 08:00-16:00", "01 08:00-16:00", "02 10:00-14:00"]


def test_times_off_are_its_own_those_of_its_hours_and_of_its_company():
    hours, others = hours_of((0, 8, 18)), hours_of((0, 8, 18))
    center = bench(hours, company_odoo_id=1)

    def gone(hour, **values):
        off(at(MONDAY, hour), at(MONDAY, hour + 1), **values)

    gone(8, resource=center.resource)
    gone(10, hours=hours)
    gone(12, company_odoo_id=1)
    gone(14)
    gone(9, resource=bench(hours).resource)
    gone(11, hours=others)
    gone(13, company_odoo_id=2)
    gone(15, resource=center.resource, kind="other")
    gone(16, resource=center.resource, deleted_at=at(MONDAY, 0))
    TimeOff.objects.create(
        starts_at=at(MONDAY, 17), ends_at=at(MONDAY, 18), resource_odoo_id=5, kind=TimeOff.LEAVE
    )

    assert times_of(center) == [
        "30 09:00-10:00",
        "30 11:00-12:00",
        "30 13:00-14:00",
        "30 15:00-18:00",
    ]


def spans(*hours):
    return [Span(at(MONDAY, start), at(MONDAY, end)) for start, end in hours]


def test_times_are_joined_and_taken_from_each_other():
    assert joined(spans((8, 10), (14, 16), (9, 12), (12, 13))) == spans((8, 13), (14, 16))
    left = without(spans((8, 12), (14, 16)), spans((7, 9), (10, 11), (13, 17)))
    assert left == spans((9, 10), (11, 12))
    assert without(spans((8, 12)), spans((6, 8), (12, 13))) == spans((8, 12))


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_however_many(django_assert_num_queries, number):
    for _ in range(number):
        center = bench(hours_of((0, 8, 12)))
        off(at(MONDAY, 8), at(MONDAY, 9), resource=center.resource)
    centers = list(WorkCenter.objects.select_related("hours"))

    with django_assert_num_queries(2):
        assert len(working_time(centers, within=WEEK)) == number
    assert WorkingPeriod.objects.count() == number
