"""Where deliveries go: one place of each address, found once, forgotten in time."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.models import Partner
from portal.testing.mirrors import PartnerFactory
from portal.testing.yard import JobFactory
from scheduling import tasks
from scheduling.geo.address_key import key_of
from scheduling.geo.found import Found
from scheduling.geo.geocoders import geocoders
from scheduling.models import Job, Place
from scheduling.models.point import Point
from scheduling.services.change_place import move_pin
from scheduling.services.find_place import find_next
from scheduling.services.follow_places import follow_places, heed_odoo, place_at
from scheduling.tests.map_server import map_server, recorded

pytestmark = pytest.mark.django_db
GREENUP = Point(Decimal("38.573085"), Decimal("-82.833220"))
SERVICES = {
    "census": "/locations/onelineaddress",
    "nominatim": "/search",
    "google": "/maps/api/geocode/json",
}


@pytest.fixture
def maps(settings):
    with map_server() as server:
        settings.GEOCODERS, settings.GEO_MAY_BE_LOCAL = list(SERVICES), True
        settings.CENSUS_GEOCODER_URL = settings.NOMINATIM_URL = server.url
        settings.GOOGLE_GEOCODING_URL, settings.GOOGLE_MAPS_API_KEY = server.url, "key"
        yield server


def job_at(street, **more):
    """Return a job whose customer lives there."""
    partner = PartnerFactory(street=street, remote_hash=street, **more)
    return JobFactory(picking__destination=partner)


def change(job, **values):
    """Let the address of a job be another one in Odoo."""
    job = Job.objects.select_related("picking").get(pk=job.pk)
    values.setdefault("remote_hash", str(values))
    Partner.objects.filter(pk=job.picking.destination_id).update(**values)


def place_of(job):
    job.refresh_from_db()
    return job.place


def knows(maps, *names):
    for name, path in SERVICES.items():
        nothing = {"census": {"result": {"addressMatches": []}}, "nominatim": []}
        answer = recorded(name) if name in names else nothing.get(name, {"status": "ZERO_RESULTS"})
        maps.answer(path, answer)


@pytest.mark.parametrize(
    "written",
    ["12 oak st Ashland 41101", "12  OAK ST., Ashland, 41101", "\t12 Öak St; Ashland 41101 "],
)
def test_an_address_has_one_key_however_it_is_written(written):
    assert key_of(written) == key_of("12 Oak St, Ashland, 41101")


def test_what_is_another_address_has_another_key():
    assert len({key_of(f"12 Oak St {flat}") for flat in ("", "#2", "2", "B", "#B")}) == 5


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert key_of(key_of(text)) == key_of(text)


def test_two_orders_to_one_address_go_to_one_place():
    one, other = job_at("12 Oak St."), job_at("12 OAK ST")

    assert follow_places() == 2
    assert place_of(one) == place_of(other)
    assert follow_places() == 0


def test_a_job_goes_where_its_address_goes():
    job = job_at("12 Oak St")
    follow_places()
    before = place_of(job)

    change(job, street="14 Oak St")
    follow_places()
    assert place_of(job) != before
    change(job, street="", city="", postcode="")
    follow_places()
    assert place_of(job) is None


def test_what_is_done_stays_where_it_was():
    job = job_at("12 Oak St")
    follow_places()
    before = place_of(job)
    Job.objects.update(state=Job.State.DONE)
    change(job, street="14 Oak St")

    assert follow_places() == 0
    assert place_of(job) == before


def test_odoo_is_believed_first():
    job = job_at("12 Oak St", latitude=Decimal("38.5730851"), longitude=Decimal("-82.83322"))
    follow_places()
    place = place_of(job)
    assert (place.state, place.source, place.point) == ("FOUND", "ODOO", GREENUP)

    change(job, latitude=Decimal("38.6"))
    follow_places()
    assert place_of(job).latitude == Decimal("38.6")
    found_at = place_of(job).found_at
    change(job, name="Ann")
    follow_places()
    assert place_of(job).found_at == found_at, "it says what it said before"


def test_the_point_of_the_old_address_says_nothing_of_the_new_one():
    job = job_at("12 Oak St", latitude=Decimal("38.6"), longitude=Decimal("-82.8"))
    follow_places()
    change(job, street="900 Elm St")

    follow_places()

    assert (place_of(job).address[:10], place_of(job).state) == ("900 Elm St", "TO_FIND")


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("38.4784", "-52.6379"), ("-97.7431", "30.2672"), ("38.4784", "-182.6379")],
)
def test_a_point_of_odoo_in_the_sea_or_not_on_earth_is_not_believed(latitude, longitude):
    job = job_at("12 Oak St", latitude=latitude, longitude=longitude)
    follow_places()

    assert place_of(job).state == "TO_FIND"


def test_what_is_found_in_the_sea_asks_for_a_pin(maps):
    knows(maps, "google")
    answer = recorded("google")
    answer["results"][0]["geometry"]["location"] = {"lat": 38.5, "lng": -60.1}
    maps.answer(SERVICES["google"], answer)
    job = job_at("2 Main St")
    follow_places()

    assert find_next()

    assert (place_of(job).state, place_of(job).point) == ("NOT_FOUND", None)


def test_a_pin_is_not_moved_by_odoo(dispatcher):
    job = job_at("12 Oak St")
    follow_places()
    Place.objects.update(
        state="FOUND",
        source="PERSON",
        pinned_by=dispatcher,
        latitude=1,
        longitude=2,
        found_at=timezone.now(),
    )
    change(job, latitude=Decimal("38.6"))
    follow_places()
    assert place_of(job).source == "PERSON"


def test_a_pin_that_is_put_meanwhile_is_not_overwritten(dispatcher):
    job = job_at("12 Oak St", latitude=Decimal("38.6"), longitude=Decimal("-82.8"))
    read = place_at(job.picking.destination.address)
    move_pin(place_uuid=read.uuid, seen=0, point=GREENUP, by=dispatcher)

    heed_odoo(read, job.picking.destination)

    assert (Place.objects.get().source, Place.objects.get().edits) == ("PERSON", 1)


@pytest.mark.parametrize("name", SERVICES)
def test_a_place_is_found_by_the_first_that_knows_it(maps, name):
    job = job_at("2 Main St")
    knows(maps, name)

    tasks.find_jobs()
    tasks.find_places()

    place = place_of(job)
    assert (place.state, place.source, place.point) == ("FOUND", name.upper(), GREENUP)
    assert (place.kept_until is not None) == (name == "google")
    asked = [path for path, _asked, _headers in maps.asked]
    assert asked == list(SERVICES.values())[: list(SERVICES).index(name) + 1]


def test_what_nobody_knows_asks_for_a_pin(maps):
    job = job_at("2 Main St")
    knows(maps)
    follow_places()
    tasks.find_places()

    assert place_of(job).state == "NOT_FOUND"
    tasks.find_places()
    assert len(maps.asked) == len(SERVICES), "nobody is asked again"


def test_who_does_not_answer_is_asked_again_later(maps):
    job = job_at("2 Main St")
    knows(maps)
    maps.answer(SERVICES["census"], {}, 500)
    follow_places()
    tasks.find_places()
    tasks.find_places()

    place = place_of(job)
    assert (place.state, place.tries, len(maps.asked)) == ("TO_FIND", 1, len(SERVICES))
    Place.objects.update(ask_at=timezone.now(), tries=40)
    maps.answer(SERVICES["census"], recorded("census"))
    tasks.find_places()
    assert place_of(job).source == "CENSUS"


def test_another_knows_what_the_first_does_not_answer(maps):
    job = job_at("2 Main St")
    knows(maps, "google")
    maps.answer(SERVICES["nominatim"], b"<html>")
    follow_places()
    tasks.find_places()
    assert place_of(job).source == "GOOGLE"


@pytest.mark.parametrize("found", [None, Found(GREENUP, exact=True)])
def test_what_is_known_meanwhile_stays(maps, monkeypatch, found):
    job = job_at("2 Main St")
    odoo = {"source": "ODOO", "latitude": 1, "longitude": 2, "found_at": timezone.now()}
    follow_places()

    def find(_address):
        Place.objects.update(state="FOUND", **odoo)
        return found

    monkeypatch.setattr("scheduling.services.find_place.geocoders", lambda: [("CENSUS", find)])
    find_next()
    assert place_of(job).source == "ODOO"


def test_a_point_of_google_is_forgotten_after_thirty_days(maps):
    job = job_at("2 Main St")
    knows(maps, "google")
    follow_places()
    tasks.find_places()
    place = place_of(job)
    assert dt.timedelta(days=29) < place.kept_until - timezone.now() <= dt.timedelta(days=30)

    Place.objects.update(kept_until=timezone.now())
    knows(maps)
    tasks.find_places()

    place = place_of(job)
    assert (place.state, place.point, place.kept_until) == ("NOT_FOUND", None, None)
    assert place.source_key, "Google's name of it may be kept"


def test_nobody_is_asked_who_is_not_wanted(settings, monkeypatch):
    job = job_at("2 Main St")
    follow_places()
    assert [find_next(), find_next()] == [False, False]
    assert place_of(job).state == "NOT_FOUND", "it asks for a pin"

    settings.GEOCODERS = list(SERVICES)
    assert [name for name, _find in geocoders()] == ["CENSUS", "NOMINATIM"], "Google wants a key"
    settings.BUSINESS_COUNTRY = "DE"
    assert [name for name, _find in geocoders()] == ["NOMINATIM"]

    late = [("CENSUS", lambda _address: Found(GREENUP, exact=True))]
    monkeypatch.setattr("scheduling.services.find_place.geocoders", lambda: late)
    assert find_next()
    assert place_of(job).source == "CENSUS", "who comes later is asked"


def test_more_jobs_than_go_into_one_transaction_get_their_places(monkeypatch):
    jobs = [job_at(f"{number} Oak St") for number in range(3)]
    for module in ("services.follow_places", "tasks"):
        monkeypatch.setattr(f"scheduling.{module}.AT_ONCE", 1)

    tasks.find_jobs()

    assert len({place_of(job).key for job in jobs}) == 3
