"""What a phone is told of its day."""

import datetime as dt

import pytest
from django.utils import timezone

from drivers.models import StopAction
from drivers.tests.phone import ACTS, DAY, phone_of
from drivers.tests.test_tickets import priced
from portal.accounts.models import Role
from portal.setup.models import BusinessLogo, BusinessProfile
from portal.testing.mirrors import MoveFactory
from portal.testing.yard import RunFactory, StopFactory
from scheduling.models import Job, Place, PlacePhoto

pytestmark = pytest.mark.django_db
QUERIES = 16


def test_nobody_else_has_a_day_or_acts(stop, person, client):
    assert client.get(DAY).status_code == 302
    client.force_login(person(Role.OFFICE))
    assert client.get(DAY).status_code == 403
    assert client.post(ACTS, {}, content_type="application/json").status_code == 403


def test_the_day_costs_as_many_queries_for_many_stops(django_assert_num_queries, stop):
    phone = phone_of(stop)
    priced(stop)
    phone.client.get(DAY)
    with django_assert_num_queries(QUERIES):
        phone.client.get(DAY)
    for position in range(1, 5):
        one = StopFactory(run=stop.run, position=position)
        priced(one)
        MoveFactory(picking=one.job.picking)
    with django_assert_num_queries(QUERIES):
        assert len(phone.day()[0]["stops"]) == 5


def test_a_day_that_is_the_same_is_not_told_again(phone, stop):
    first = phone.client.get(DAY)

    same = phone.client.get(DAY, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["Cache-Control"]) == (304, b"", "no-store")

    phone.do("ARRIVED", stop)
    other = phone.client.get(DAY, headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    [told] = other.json()["runs"][0]["stops"]
    assert told["acts"] == [str(StopAction.objects.get().submission_id)]


def test_runs_of_today_and_tomorrow_and_late_ones_are_told(stop):
    run, one_day = stop.run, dt.timedelta(days=1)
    about = {"truck": run.truck, "driver": run.driver}
    for days in (-1, 1, 2):
        StopFactory(run=RunFactory(day=run.day + days * one_day, **about))
    RunFactory(day=run.day - 2 * one_day, **about)

    days = [dt.date.fromisoformat(one["day"]) - run.day for one in phone_of(stop).day()]

    assert days == [-one_day, 0 * one_day, one_day]


def test_what_is_known_of_a_place_comes_along(phone, stop, person):
    place = Place.objects.create(
        key="k",
        address="2 Main St",
        state="FOUND",
        source="PERSON",
        latitude="38.5",
        longitude="-82.6",
        found_at=timezone.now(),
        pinned_by=phone.driver,
        drop_spot="By the shed",
        notes="Dog",
        most_width="2.5",
    )
    Job.objects.update(place=place)
    picture = PlacePhoto.objects.create(place=place, sha256="0" * 64, added_by=phone.driver)

    told = phone.told(stop)

    assert (told["drop_spot"], told["notes"], told["limits"]) == (
        "By the shed",
        "Dog",
        {"width": "2.50"},
    )
    assert told["point"] == ["38.500000", "-82.600000"]
    assert told["pictures"] == [{"url": f"/places/pictures/{picture.uuid}", "caption": ""}]


def test_a_stop_says_whom_to_call_and_when(phone, stop):
    stop.job.window_from = timezone.now()
    stop.job.window_until = timezone.now() + dt.timedelta(hours=2)
    stop.job.save()
    partner = stop.job.picking.destination
    partner.phone = "606-555-0103"
    partner.save()

    told = phone.told(stop)

    assert told["phone"] == "606-555-0103"
    assert len(told["window"]) == 2
    assert told["load"][0]["quantity"] == "2"


def test_a_stop_that_is_done_or_cancelled_says_so(phone, stop):
    second = StopFactory(run=stop.run, position=1, job__state=Job.State.CANCELLED)
    phone.do("DELIVERED", stop)

    assert phone.told(stop)["state"] == "DONE"
    assert phone.told(stop)["done_at"]
    assert phone.told(second)["state"] == "CANCELLED"


def test_the_business_is_told_with_its_logo(phone, stop):
    profile = BusinessProfile.objects.create(
        pk=1, name="Oak & Sons", city="Ashland", region="KY", country="US", time_zone="UTC"
    )
    BusinessProfile.objects.update(phones=["+16065550100"])
    business = phone.client.get(DAY).json()["business"]
    assert (business["address"], business["logo"]) == ("Ashland, KY", "")
    assert business["phones"] == ["+1 606-555-0100"]
    BusinessLogo.objects.create(profile=profile, png=b"x", sha256="ab" * 32)
    assert phone.client.get(DAY).json()["business"]["logo"] == "/brand/logo.png?v=abababababab"
