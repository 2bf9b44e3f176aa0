"""How much of its working time is planned, day by day."""

from decimal import Decimal

import pytest
from django.utils import timezone

from odoo_bridge.commands import FinishProduction
from odoo_bridge.models import ManufacturingOrder, WorkCenter
from odoo_bridge.outbox import enqueue
from portal.testing.productions import (
    ManufacturingOrderFactory,
    WorkCenterFactory,
    WorkOrderFactory,
)
from scheduling.selectors.capacity import DayLoad, capacity
from scheduling.tests.workshop import DAY, MONDAY, NEW_YORK, at, bench, hours_of, off, work

pytestmark = pytest.mark.django_db
DAYS = [MONDAY + number * DAY for number in range(7)]
TUESDAY, SATURDAY = DAYS[1], DAYS[5]


@pytest.fixture(autouse=True)
def _clock_of_the_business():
    with timezone.override(NEW_YORK):
        yield


@pytest.fixture
def center():
    """Return a bench that works from eight to four, from Monday till Friday."""
    return bench(hours_of(*((weekday, 8, 16) for weekday in range(5))))


def planned(*centers):
    """Return the planned minutes of each day, of the first of these."""
    loads = capacity(WorkCenter.objects.select_related("hours"), days=DAYS, today=MONDAY)
    return [int(one.planned) for one in loads[centers[0].pk]]


def test_each_day_has_what_its_hours_leave_after_the_times_off(center):
    off(at(TUESDAY, 0), at(TUESDAY, 23, 59), resource=center.resource)

    loads = capacity([center], days=DAYS, today=MONDAY)[center.pk]

    assert [int(one.available) for one in loads] == [480, 0, 480, 480, 480, 0, 0]
    assert [one.day for one in loads] == DAYS


def test_work_is_spread_over_the_working_time_between_its_start_and_its_end(center):
    work(center, at(MONDAY, 12), at(TUESDAY, 16), minutes=360)
    work(center, at(DAYS[4], 15), at(DAYS[6], 12), minutes=30)

    assert planned(center) == [120, 240, 0, 0, 30, 0, 0]


def test_where_it_does_not_work_it_is_spread_evenly(center):
    work(center, at(SATURDAY, 12), at(SATURDAY + DAY, 12), minutes=100)

    assert planned(center) == [0, 0, 0, 0, 0, 50, 50]


def test_without_times_of_its_own_it_takes_those_of_its_production(center):
    production = ManufacturingOrderFactory(starts_at=at(TUESDAY, 8), ends_at=at(TUESDAY, 12))
    never = ManufacturingOrderFactory(starts_at=None, ends_at=None)
    for one in (production, never):
        work(center, None, None, production=one)

    assert planned(center) == [0, 120, 0, 0, 0, 0, 0]


def test_what_has_no_end_or_none_after_its_start_lasts_as_long_as_it_takes(center):
    work(center, at(MONDAY, 15), None, minutes=90)
    work(center, at(TUESDAY, 15), at(TUESDAY, 15), minutes=0)

    assert planned(center) == [90, 0, 0, 0, 0, 0, 0]


def test_what_should_have_been_done_is_to_be_done_today_and_what_comes_later_is_not(center):
    work(center, at(MONDAY - 9 * DAY, 8), at(MONDAY - 8 * DAY, 12), minutes=60)
    work(center, at(MONDAY + 7 * DAY, 8), at(MONDAY + 7 * DAY, 12), minutes=60)
    work(center, at(MONDAY.replace(year=1990), 8), at(MONDAY.replace(year=2090), 8), minutes=30)
    work(center, at(MONDAY.replace(year=9999), 8), None)

    assert planned(center) == [90, 0, 0, 0, 0, 0, 0]


def test_what_is_over_gone_taken_off_or_promised_to_be_done_counts_no_more(center):
    span = at(MONDAY, 8), at(MONDAY, 12)
    work(center, *span, state="done")
    work(center, *span, deleted_at=at(MONDAY, 0))
    work(center, *span, production=ManufacturingOrderFactory(state="cancel"))
    work(center, *span, production=ManufacturingOrderFactory(deleted_at=at(MONDAY, 0)))
    made = work(center, *span).production
    enqueue(FinishProduction(production_uuid=made.uuid, quantity=Decimal(10)), by=None)
    WorkOrderFactory(production=ManufacturingOrderFactory(starts_at=span[0]), work_center=center)
    work(center, *span).delete()
    WorkOrderFactory(production=None, work_center=center, starts_at=span[0], ends_at=span[1])

    assert planned(center) == [0] * 7


@pytest.mark.parametrize(
    ("available", "planned", "percent", "is_over", "is_nearly_full"),
    [
        (480, 0, 0, False, False),
        (480, 408, 85, False, False),
        (480, 480, 100, False, True),
        (480, 600, 125, True, False),
        (0, 0, None, False, False),
        (0, 60, None, True, False),
    ],
)
def test_a_day_has_room_is_nearly_full_or_has_too_much(
    available, planned, percent, is_over, is_nearly_full
):
    load = DayLoad(MONDAY, Decimal(available), Decimal(planned))

    assert (load.percent, load.is_over, load.is_nearly_full) == (percent, is_over, is_nearly_full)
    assert load.available_hours == Decimal(available) / 60
    assert load.planned_hours == Decimal(planned) / 60


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_however_many(django_assert_num_queries, number):
    for _ in range(number):
        work(bench(hours_of((0, 8, 16))), at(MONDAY, 8), at(MONDAY, 12))
    centers = list(WorkCenter.objects.select_related("hours"))

    with django_assert_num_queries(5):
        loads = capacity(centers, days=DAYS, today=MONDAY)
    assert {int(one[0].percent) for one in loads.values()} == {25}
    assert ManufacturingOrder.objects.count() == number


def test_without_work_centres_there_is_nothing_to_tell():
    WorkCenterFactory()

    assert capacity([], days=DAYS, today=MONDAY) == {}
