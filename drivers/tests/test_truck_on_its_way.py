"""A customer sees the truck that is on its way there: that way, and nothing else of the day."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from drivers.models import DriverRules, Position, StopAction, Tracking
from drivers.selectors.truck_to import LONGEST
from drivers.services.close_drive import close_drive
from drivers.tests.phone import phone_of
from drivers.tests.test_tracking import HTMX, hour, page
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import StopFactory
from scheduling.models import DeliveryRates, Place
from scheduling.tests.mapping import YARD, job_at, known

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be a noon."""
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), business_zone()))


@pytest.fixture
def stop():
    DriverRules.objects.create(pk=1, keep_positions_days=1)
    DeliveryRates.objects.create(pk=1, latitude=YARD[0], longitude=YARD[1], road_factor="1.25")
    place = known("12 Ridge Road", "38.512345", "-82.612345")
    stop = StopFactory(job=job_at(place, "Ann Whitfield", "S00410", state="SCHEDULED"))
    Tracking.objects.create(job=stop.job, expires=timezone.now() + dt.timedelta(days=14))
    return stop


@pytest.fixture
def phone(stop):
    phone = phone_of(stop)
    phone.do("STARTED", stop.run, at=timezone.now() - 60 * MINUTE)
    return phone


def seen(stop, *, minutes, latitude="38.412345", longitude="-82.612345"):
    at = timezone.now() - minutes * MINUTE
    return Position.objects.create(
        run=stop.run, at=at, phone_at=at, latitude=latitude, longitude=longitude, accuracy=5
    )


def marks(shown):
    return re.findall(r'data-way-mark [^>]*data-latitude="([^"]+)" data-longitude="([^"]+)"', shown)


def test_it_shows_the_truck_and_the_place_roughly(client, stop, phone):
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    seen(stop, minutes=2)

    shown = page(client, stop.job)

    assert marks(shown) == [("38.412", "-82.612"), ("38.512", "-82.612")]
    assert "The truck at 11:58 AM, 6.9 miles away as the crow flies" in shown
    assert "2345" not in shown
    assert "way-map" in page(client, stop.job, **HTMX)


def test_it_says_when_it_is_there_by_where_it_was_just_now(client, stop, phone):
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    stop.job.way_texts.create(kind="ON_MY_WAY", day=stop.run.day, expected_at=hour(stop, 15))
    assert "There about 3:00 PM" in page(client, stop.job), "nobody knows better"

    # 6.91 miles by 1.25 at 30 miles an hour are 17.3 minutes: 12:15:17, up to the next five
    seen(stop, minutes=2)
    assert "There about 12:20 PM" in page(client, stop.job)

    Position.objects.update(at=timezone.now() - 11 * MINUTE)
    assert "There about 3:00 PM" in page(client, stop.job), "it may be elsewhere by now"
    Position.objects.update(at=timezone.now() - 9 * MINUTE, latitude="38.512345")
    assert "There about 3:00 PM" in page(client, stop.job), "it should be there already"


def test_a_time_that_is_over_is_not_told_as_one_to_come(client, stop, phone):
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    stop.job.way_texts.create(kind="ON_MY_WAY", day=stop.run.day, expected_at=hour(stop, 11))

    shown = page(client, stop.job)

    assert "Later than we said: we are still on the way." in shown
    assert "There about" not in shown
    seen(stop, minutes=2)
    assert "There about 12:20 PM" in page(client, stop.job), "where it is tells more"


@pytest.mark.parametrize("without", ["place", "point"])
def test_without_a_point_of_the_place_it_shows_the_truck_alone(client, stop, phone, without):
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    stop.job.way_texts.create(kind="ON_MY_WAY", day=stop.run.day, expected_at=hour(stop, 15))
    seen(stop, minutes=2)
    if without == "place":
        stop.job.place = None
        stop.job.save()
    else:
        nothing = {"latitude": None, "longitude": None, "source": "", "found_at": None}
        Place.objects.update(state="NOT_FOUND", **nothing)

    shown = page(client, stop.job)

    assert marks(shown) == [("38.412", "-82.612")]
    assert "miles away" not in shown
    assert "There about 3:00 PM" in shown


def test_nothing_of_before_or_after_the_way_there_is_shown(client, stop, phone):
    seen(stop, minutes=30)
    assert not marks(page(client, stop.job)), "he does not come yet"
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    assert not marks(page(client, stop.job)), "that was before"

    seen(stop, minutes=2)
    assert marks(page(client, stop.job))
    phone.do("ARRIVED", stop)
    assert not marks(page(client, stop.job))
    phone.do("DELIVERED", stop)
    assert not marks(page(client, stop.job))


@pytest.mark.parametrize("what", ["ON_MY_WAY", "ARRIVED", "DELIVERED", "NOBODY", "ENDED"])
def test_who_goes_elsewhere_is_not_followed_there(client, stop, phone, what):
    other = StopFactory(run=stop.run, position=1)
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    seen(stop, minutes=2)
    assert marks(page(client, stop.job))

    about = stop.run if what == "ENDED" else other
    phone.do(what, about, **({"reason": "Gate locked"} if what == "NOBODY" else {}))

    assert not marks(page(client, stop.job))


def test_a_run_that_the_office_has_ended_is_not_followed(client, stop, phone, person):
    phone.do("STARTED", stop.run)
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    seen(stop, minutes=2)
    assert marks(page(client, stop.job))

    close_drive(stop.run, by=person(Role.OFFICE))

    assert not marks(page(client, stop.job))


def test_what_is_refused_or_says_nothing_of_the_way_changes_nothing(client, stop, phone):
    other = StopFactory(run=stop.run, position=1)
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    seen(stop, minutes=2)

    phone.do("NOTED", other, text="The gate is blue")
    assert phone.do("NOBODY", other)[0] == "REFUSED"

    assert StopAction.objects.count() == 4
    assert marks(page(client, stop.job))


def test_who_forgets_to_say_more_is_not_followed_for_long(client, stop, phone):
    phone.do("ON_MY_WAY", stop, at=timezone.now() - LONGEST - MINUTE)
    seen(stop, minutes=1)

    assert not marks(page(client, stop.job))


def test_another_truck_is_not_shown(client, stop, phone):
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    seen(StopFactory(), minutes=2)

    assert not marks(page(client, stop.job))


def test_the_map_costs_as_many_queries_as_there_may_be(
    client, stop, phone, django_assert_max_num_queries
):
    phone.do("ON_MY_WAY", stop, at=timezone.now() - 20 * MINUTE)
    for minutes in range(10):
        seen(stop, minutes=minutes)
    with django_assert_max_num_queries(20):
        page(client, stop.job)
