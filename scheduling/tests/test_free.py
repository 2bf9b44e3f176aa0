"""When the yard is open and drivers work."""

import datetime as dt
import zoneinfo

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from odoo_bridge.models import Resource, TimeOff
from portal.testing.yard import DriverFactory, TruckFactory
from scheduling.models import Closure, DriverAbsence, OpeningHours, Shift, TruckService
from scheduling.selectors.free import (
    absences,
    closed_days,
    hours_of,
    hours_of_days,
    in_service,
    shifts_of,
)
from scheduling.selectors.hours import hours_lists

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)
TUESDAY, FRIDAY, SUNDAY = (MONDAY + dt.timedelta(days=n) for n in (1, 4, 6))
ZONE = zoneinfo.ZoneInfo(settings.BUSINESS_TIME_ZONE)
SEVEN_TO_FIVE = (dt.time(7), dt.time(17))


def at(day, hour, minute=0):
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


def off(starts_at, ends_at, **values):
    known = {"name": "Holiday", "kind": TimeOff.LEAVE, "starts_at": starts_at, "ends_at": ends_at}
    return TimeOff.objects.create(odoo_id=TimeOff.objects.count() + 1, **{**known, **values})


@pytest.fixture
def ben():
    """Return a driver whose employee in Odoo has a resource."""
    resource = Resource.objects.create(odoo_id=71, hours_odoo_id=8, company_odoo_id=1)
    return DriverFactory(employee__resource=resource, employee__resource_odoo_id=71)


def test_before_anybody_says_so_the_yard_is_open_on_working_days(django_assert_num_queries):
    with django_assert_num_queries(5):
        hours = hours_of_days(MONDAY, SUNDAY)
    assert [hours[day] for day in (MONDAY, FRIDAY, SUNDAY)] == [SEVEN_TO_FIVE, SEVEN_TO_FIVE, None]


def test_the_weeks_hours_hold_but_on_closed_days():
    OpeningHours.objects.create(weekday=6, opens=dt.time(9), closes=dt.time(12))
    Closure.objects.create(first_day=FRIDAY, last_day=SUNDAY, name="Fair")
    Closure.objects.create(first_day=SUNDAY, last_day=SUNDAY, name="Advent")

    assert hours_of(SUNDAY - dt.timedelta(days=7)) == (dt.time(9), dt.time(12))
    assert hours_of(MONDAY) is None
    assert hours_of(SUNDAY) is None
    assert closed_days(TUESDAY, SUNDAY) == {
        FRIDAY: "Fair",
        FRIDAY + dt.timedelta(days=1): "Fair",
        SUNDAY: "Fair, Advent",
    }
    assert closed_days(MONDAY, TUESDAY) == {}


@pytest.mark.parametrize(
    ("hours", "values", "closed"),
    [
        ((0, 23), {}, True),
        ((7, 17), {}, True),
        ((8, 23), {}, False),
        ((0, 16), {}, False),
        ((0, 23), {"resource_odoo_id": 71}, False),
        ((0, 23), {"hours_odoo_id": 8}, False),
        ((0, 23), {"kind": "other"}, False),
        ((0, 23), {"deleted_at": at(MONDAY, 1)}, False),
    ],
)
def test_a_public_holiday_in_odoo_closes_the_yard(hours, values, closed):
    off(at(TUESDAY, hours[0]), at(TUESDAY, hours[1]), **values)
    assert closed_days(MONDAY, FRIDAY) == ({TUESDAY: "Holiday"} if closed else {})


def test_a_long_holiday_in_odoo_names_only_days_that_would_be_open_and_have_no_name():
    off(at(FRIDAY, 0), at(SUNDAY, 23))
    off(at(FRIDAY, 0), at(FRIDAY, 23), name="The same again")
    assert closed_days(MONDAY, SUNDAY) == {FRIDAY: "Holiday"}


def test_the_last_day_counts_to_its_end(ben):
    off(at(FRIDAY, 20), at(FRIDAY, 22), resource_odoo_id=71)
    off(at(FRIDAY, 0), at(FRIDAY, 23))
    assert closed_days(FRIDAY, FRIDAY) == {FRIDAY: "Holiday"}
    assert len(absences([ben.pk], MONDAY, FRIDAY)[ben.pk]) == 2
    assert absences([ben.pk], MONDAY, FRIDAY - dt.timedelta(days=1))[ben.pk] == []


def test_shifts_of_the_day_go_before_those_of_its_weekday(django_assert_num_queries):
    anna, ben, carl = DriverFactory(), DriverFactory(), DriverFactory()
    for driver, weekday, day, hours in (
        (anna, 0, None, (12, 16)),
        (anna, 0, None, (6, 10)),
        (anna, 1, None, (6, 10)),
        (ben, 1, None, (6, 10)),
        (ben, None, TUESDAY, (8, 9)),
    ):
        starts, ends = (dt.time(hour) for hour in hours)
        Shift.objects.create(driver=driver, weekday=weekday, day=day, starts=starts, ends=ends)
    keys = [anna.pk, ben.pk, carl.pk]

    with django_assert_num_queries(1):
        monday = shifts_of(keys, MONDAY)

    assert monday == {
        anna.pk: [(dt.time(6), dt.time(10)), (dt.time(12), dt.time(16))],
        ben.pk: [],
    }
    assert shifts_of(keys, TUESDAY)[ben.pk] == [(dt.time(8), dt.time(9))]


def test_absences_are_ours_and_odoos_in_order(ben, django_assert_num_queries):
    eve = DriverFactory(employee=None, user__odoo_employee_id=None)
    DriverAbsence.objects.create(driver=ben, first_day=FRIDAY, last_day=SUNDAY, words="call Eve")
    DriverAbsence.objects.create(driver=eve, first_day=SUNDAY, last_day=SUNDAY)
    off(at(MONDAY, 8), at(MONDAY, 12), resource_odoo_id=71, name="Ben: sick")
    off(at(TUESDAY, 0), at(TUESDAY, 23), hours_odoo_id=8)
    off(at(TUESDAY, 0), at(TUESDAY, 22), company_odoo_id=1)
    for values in (
        {"resource_odoo_id": 72},
        {"hours_odoo_id": 9},
        {"company_odoo_id": 2},
        {"resource_odoo_id": 71, "kind": "other"},
    ):
        off(at(MONDAY, 8), at(MONDAY, 12), **values)

    with django_assert_num_queries(4):
        away = absences([ben.pk, eve.pk], MONDAY, FRIDAY)

    assert [(one.starts_at, one.words, one.is_odoos) for one in away[ben.pk]] == [
        (at(MONDAY, 8), "", True),
        (at(TUESDAY, 0), "", True),
        (at(TUESDAY, 0), "", True),
        (at(FRIDAY, 0), "call Eve", False),
    ]
    assert away[ben.pk][3].ends_at == at(SUNDAY + dt.timedelta(days=1), 0)
    assert away[eve.pk] == [], "Sunday is later"
    morning = away[ben.pk][0]
    assert morning.overlaps(at(MONDAY, 11), at(MONDAY, 13))
    assert not morning.overlaps(at(MONDAY, 12), at(MONDAY, 13))
    assert not morning.overlaps(at(MONDAY, 7), at(MONDAY, 8))


def test_the_lists_of_the_page_take_as_many_queries_however_long(ben, django_assert_num_queries):
    for driver in (ben, DriverFactory(), DriverFactory()):
        DriverAbsence.objects.create(driver=driver, first_day=MONDAY, last_day=SUNDAY)
        Shift.objects.create(driver=driver, weekday=0, starts=dt.time(6), ends=dt.time(9))
    off(at(MONDAY, 8), at(MONDAY, 12), resource_odoo_id=71)

    with django_assert_num_queries(9):
        lists = hours_lists(today=MONDAY)
        assert len({str(row.driver) for row in (*lists.absences, *lists.shifts)}) == 3
    assert [driver for driver, _off in lists.odoos] == [ben]
    Closure.objects.create(first_day=MONDAY, last_day=SUNDAY, name="Fair")
    Shift.objects.create(driver=ben, day=SUNDAY, starts=dt.time(6), ends=dt.time(9))
    for today, kept in ((SUNDAY, (3, 1, 4)), (SUNDAY + dt.timedelta(days=1), (0, 0, 3))):
        lists = hours_lists(today=today)
        assert (len(lists.absences), len(lists.closures), len(lists.shifts)) == kept


def test_the_database_refuses_what_cannot_be(ben):
    six, nine = dt.time(6), dt.time(9)
    Shift.objects.create(driver=ben, weekday=1, starts=six, ends=nine)
    refused = [
        lambda: Closure.objects.create(first_day=FRIDAY, last_day=MONDAY, name="x"),
        lambda: OpeningHours.objects.create(weekday=7, opens=six, closes=nine),
        lambda: OpeningHours.objects.create(weekday=1, opens=nine, closes=nine),
        lambda: Shift.objects.create(driver=ben, starts=six, ends=nine),
        lambda: Shift.objects.create(driver=ben, weekday=1, day=FRIDAY, starts=six, ends=nine),
        lambda: Shift.objects.create(driver=ben, weekday=7, starts=six, ends=nine),
        lambda: Shift.objects.create(driver=ben, weekday=2, starts=nine, ends=six),
        lambda: Shift.objects.create(driver=ben, weekday=1, starts=six, ends=dt.time(8)),
        lambda: DriverAbsence.objects.create(driver=ben, first_day=FRIDAY, last_day=MONDAY),
    ]
    for act in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert Shift(day=FRIDAY).weekday_name == ""


def test_trucks_in_service_are_named_with_their_days(django_assert_num_queries):
    one, other, free, unasked = TruckFactory.create_batch(4)
    week_before, week_after = (MONDAY + dt.timedelta(days=n) for n in (-7, 7))
    for truck, first, last, words in (
        (one, FRIDAY, week_after, "Brakes"),
        (one, week_before, MONDAY, "Tyres"),
        (other, TUESDAY, TUESDAY, ""),
        (free, week_before, MONDAY - dt.timedelta(days=1), "over"),
        (free, FRIDAY + dt.timedelta(days=1), week_after, "later"),
        (unasked, MONDAY, FRIDAY, "not asked for"),
    ):
        TruckService.objects.create(truck=truck, first_day=first, last_day=last, words=words)

    with django_assert_num_queries(1):
        found = in_service([one.pk, other.pk, free.pk], MONDAY, FRIDAY)
    assert found == {
        one.pk: [(week_before, MONDAY, "Tyres"), (FRIDAY, week_after, "Brakes")],
        other.pk: [(TUESDAY, TUESDAY, "")],
    }
