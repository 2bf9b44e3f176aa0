"""Each geocoder by its documented answers, and by what no answer is."""

import datetime as dt
from decimal import Decimal

import pytest

from portal.core.pace import pause
from scheduling.errors import NoAnswer
from scheduling.geo import census, google, nominatim
from scheduling.geo.found import Found
from scheduling.models.point import Point
from scheduling.tests.map_server import map_server, recorded

pytestmark = pytest.mark.django_db
ADDRESS = "2 Main St, Greenup, KY 41144"
KEY = "a-key-that-nobody-may-see"
GREENUP = Point(Decimal("38.573085"), Decimal("-82.833220"))
ALL = {
    census: "/locations/onelineaddress",
    nominatim: "/search",
    google: "/maps/api/geocode/json",
}
NOTHING = {
    census: {"result": {"addressMatches": []}},
    nominatim: [],
    google: {"results": [], "status": "ZERO_RESULTS"},
}


@pytest.fixture
def maps(settings):
    with map_server() as server:
        settings.GEO_MAY_BE_LOCAL, settings.GOOGLE_MAPS_API_KEY = True, KEY
        settings.CENSUS_GEOCODER_URL = settings.NOMINATIM_URL = server.url
        settings.GOOGLE_GEOCODING_URL = server.url
        yield server


def name_of(service):
    return service.__name__.rpartition(".")[2]


@pytest.mark.parametrize("service", ALL, ids=name_of)
def test_an_address_is_found(maps, service):
    maps.answer(ALL[service], recorded(name_of(service)))

    assert service.find(ADDRESS).point == GREENUP
    [(_path, asked, _headers)] = maps.asked
    assert [ADDRESS] in asked.values()


def test_what_is_known_of_a_point(maps):
    for service, path in ALL.items():
        maps.answer(path, recorded(name_of(service)))
        assert service.find(ADDRESS).exact == (service is not census), "it counts house numbers"

    found = google.find(ADDRESS)
    assert found == Found(
        GREENUP, exact=True, kept_for=dt.timedelta(days=30), key="ChIJ2eUgeAK6j4ARbn5u_wAGqWA"
    )


def test_a_town_is_no_house(maps):
    town, street = recorded("nominatim"), recorded("google")
    town[0]["addresstype"] = "village"
    street["results"][0]["geometry"]["location_type"] = "GEOMETRIC_CENTER"
    maps.answer(ALL[nominatim], town)
    maps.answer(ALL[google], street)

    assert not nominatim.find(ADDRESS).exact
    assert not google.find(ADDRESS).exact


@pytest.mark.parametrize("service", ALL, ids=name_of)
def test_an_address_that_is_not_known_is_no_error(maps, service):
    maps.answer(ALL[service], NOTHING[service])
    assert service.find(ADDRESS) is None


@pytest.mark.parametrize("service", ALL, ids=name_of)
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {}),
        (429, {}),
        (302, {}),
        (200, b"<html>"),
        (200, b"x" * 1_100_000),
        (200, {}),
        (200, [{"lat": "x", "lon": "0"}]),
        (200, [{"lat": "91", "lon": "0"}]),
        (200, ["a"]),
        (200, {"result": {"addressMatches": [{"coordinates": {"x": 181, "y": 0}}]}}),
        (200, {"result": []}),
        (200, {"status": "OK", "results": [{}]}),
        (200, {"status": "OVER_QUERY_LIMIT", "results": []}),
    ],
)
def test_what_is_no_answer(maps, service, status, body):
    maps.answer(ALL[service], body, status)
    with pytest.raises(NoAnswer) as why:
        service.find(ADDRESS)
    assert KEY not in str(why.value)
    assert why.value.__cause__ is None


@pytest.mark.parametrize("service", ALL, ids=name_of)
def test_nobody_there_is_no_answer(settings, service):
    settings.GEO_MAY_BE_LOCAL = True
    settings.CENSUS_GEOCODER_URL = settings.NOMINATIM_URL = "http://127.0.0.1:9"
    settings.GOOGLE_GEOCODING_URL = "http://127.0.0.1:9"
    with pytest.raises(NoAnswer, match="NotConnected"):
        service.find(ADDRESS)


def test_nominatim_is_told_who_asks_and_is_asked_once_a_second(maps, settings):
    maps.answer(ALL[nominatim], recorded("nominatim"))
    nominatim.find(ADDRESS)
    [(_path, asked, headers)] = maps.asked
    assert settings.PUBLIC_URL in headers["User-Agent"]
    assert asked["countrycodes"] == ["us"]

    pause("nominatim", 5)
    with pytest.raises(NoAnswer, match="later"):
        nominatim.find(ADDRESS)
    assert len(maps.asked) == 1
