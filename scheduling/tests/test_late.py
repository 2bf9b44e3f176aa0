"""Deliveries and pickups of earlier days that were not made."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import Job
from scheduling.selectors.day import deliveries_on
from scheduling.selectors.late import late_days

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 26)
YESTERDAY = TODAY - dt.timedelta(days=1)


def test_only_what_is_still_to_be_delivered_on_an_earlier_day_is_late():
    late = StopFactory(run__day=YESTERDAY)
    earlier = StopFactory(run__day=YESTERDAY - dt.timedelta(days=3))
    StopFactory(run__day=YESTERDAY, job__state=Job.State.DONE, done_at=timezone.now())
    StopFactory(run__day=YESTERDAY, job__state=Job.State.CANCELLED)
    StopFactory(run__day=TODAY)

    days = late_days(today=TODAY)

    assert [(one.day, one.stops) for one in days] == [
        (earlier.run.day, [earlier]),
        (YESTERDAY, [late]),
    ]


@pytest.mark.parametrize("number", [1, 20])
def test_late_stops_take_one_query_however_many(django_assert_num_queries, number):
    for _ in range(number):
        StopFactory(run__day=YESTERDAY)

    with django_assert_num_queries(1):
        [day] = late_days(today=TODAY)
        words = [(s.job.order.customer.shown_name, str(s.run.truck)) for s in day.stops]

    assert len(words) == number


def test_today_s_board_leads_to_them_and_another_day_s_does_not(signed_in):
    yesterday = business_today() - dt.timedelta(days=1)
    StopFactory(run__day=yesterday)
    office = signed_in(Role.OFFICE)

    page = office.get("/board/").text

    assert "1 job of an earlier day was not done" in page
    assert f'href="/board/?day={yesterday}"' in page
    assert "was not done" not in office.get(f"/board/?day={yesterday}").text
    StopFactory(run__day=yesterday)
    assert "2 jobs of earlier days were not done" in office.get("/board/").text


def test_a_pickup_is_late_too_and_is_counted_as_no_delivery():
    StopFactory(run__day=YESTERDAY)
    StopFactory(run__day=YESTERDAY, job=PickupFactory(state=Job.State.SCHEDULED))

    assert deliveries_on(YESTERDAY).planned == 1
    assert sum(len(one.stops) for one in late_days(today=TODAY)) == 2
