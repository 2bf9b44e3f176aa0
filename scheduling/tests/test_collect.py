"""Which stop of an order brings the money."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.testing.mirrors import SaleOrderFactory
from portal.testing.yard import RunFactory, StopFactory
from scheduling.models import Job
from scheduling.selectors.board import board_of
from scheduling.selectors.collect import to_collect

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_the_business_s_zone(settings):
    with timezone.override(settings.BUSINESS_TIME_ZONE):
        yield


@pytest.fixture
def order():
    return SaleOrderFactory()


@pytest.fixture
def today():
    return RunFactory()


def stop_of(order, run, position=0, **values):
    return StopFactory(run=run, position=position, job__picking__order=order, **values)


def next_day(run, days=1):
    """Return a run of the same truck and driver, some days later or earlier."""
    return RunFactory(truck=run.truck, driver=run.driver, day=run.day + days * ONE_DAY)


def brings(*stops):
    """Return what each of the stops is to bring."""
    amounts = to_collect(stops)
    return [amounts[stop.pk] for stop in stops]


def test_an_order_with_several_deliveries_is_paid_at_the_first(order, today):
    second, first = stop_of(order, today, 1), stop_of(order, today, 0)
    third = stop_of(order, next_day(today))

    assert brings(first, second, third) == [412, 0, 0]


def test_when_the_first_was_made_and_not_paid_the_next_day_s_brings_it_too(order, today):
    first, second = stop_of(order, today, 0), stop_of(order, today, 1)
    third = stop_of(order, next_day(today))
    for stop in (first, second):
        stop.done_at = timezone.now()
        stop.save()

    assert brings(first, second, third) == [412, 0, 412]


def test_a_cancelled_stop_leaves_the_money_to_the_others(order, today):
    first = stop_of(order, today, 0, job__state=Job.State.CANCELLED)
    second = stop_of(order, today, 1)

    assert brings(first, second) == [0, 412]


def test_a_stop_that_was_not_made_on_its_day_keeps_no_money_back(order, today):
    late = stop_of(order, next_day(today, -2))

    assert brings(late, stop_of(order, today)) == [412, 412]


def test_a_cancelled_stop_weighs_nothing(order, today):
    stop_of(order, today, 0, job__state=Job.State.CANCELLED)
    stop_of(order, today, 1)

    [lane] = board_of(day=today.day).lanes

    assert (lane.weight, float(lane.volume)) == (3000, 7.2)
