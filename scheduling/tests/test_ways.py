"""How far it is from the yard: by road where somebody says so, else by the crow's way."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from scheduling import tasks
from scheduling.errors import NoAnswer
from scheduling.geo import google_routes, osrm
from scheduling.geo.straight import straight_metres
from scheduling.models import RoadDistance
from scheduling.models.point import Point
from scheduling.services import measure_ways as measuring
from scheduling.services.measure_ways import Distance, measure_ways, services
from scheduling.tests.map_server import map_server, recorded

pytestmark = pytest.mark.django_db
YARD = Point.of("38.4784", "-82.6379")
GREENUP, ISLAND = Point.of("38.5731", "-82.8332"), Point.of("38.6", "-82.9")
FACTOR = Decimal("1.3")
MATRIX = "/distanceMatrix/v2:computeRouteMatrix"
TABLE = "/table/v1/driving/-82.637900,38.478400;-82.833200,38.573100;-82.900000,38.600000"
points = st.builds(Point.of, st.decimals(-90, 90, places=4), st.decimals(-180, 180, places=4))


@pytest.fixture
def maps(settings):
    with map_server() as server:
        settings.GEO_MAY_BE_LOCAL = True
        settings.OSRM_URL = settings.GOOGLE_ROUTES_URL = server.url
        server.answer(TABLE, recorded("osrm"))
        server.answer(MATRIX, recorded("google_routes"))
        yield server


def measure(*points, **more):
    return measure_ways(YARD, points, factor=FACTOR, **more)


def test_the_crow_flies_by_the_haversine_formula():
    # Source: the great-circle distance of LAX and JFK, 3,974 km on a sphere of this radius.
    far = straight_metres(Point.of("33.9425", "-118.4081"), Point.of("40.6398", "-73.7789"))
    assert far == pytest.approx(3_974_000, rel=0.001)


@given(points, points)
def test_a_way_is_as_long_back_and_never_longer_than_half_round_the_earth(one, other):
    there = straight_metres(one, other)
    assert there == pytest.approx(straight_metres(other, one))
    assert 0 <= there <= 20_015_115


def test_without_any_service_it_is_the_crow_s_way_times_a_factor():
    [distance] = measure(GREENUP)
    assert distance.source == "STRAIGHT"
    assert distance.metres == round(straight_metres(YARD, GREENUP) * 1.3)
    assert distance.miles == Decimal("16.1")


@pytest.mark.parametrize("key", ["", "a key"])
def test_ways_by_road_are_asked_for_once_and_kept(maps, settings, key):
    settings.GOOGLE_MAPS_API_KEY = key
    source = "GOOGLE" if key else "OSRM"

    assert measure(GREENUP, ISLAND)[0] == Distance(21034 + (not key), source)
    assert measure(GREENUP)[0].source == source
    asked = len(maps.asked)
    assert measure(GREENUP, GREENUP) == [Distance(21034 + (not key), source)] * 2
    assert len(maps.asked) == asked
    [kept] = RoadDistance.objects.all()
    assert (kept.seconds, bool(kept.kept_until)) == (1503, bool(key))
    assert str(kept) == f"way of {kept.metres} m"


def test_where_no_road_leads_it_is_the_crow_s_way(maps):
    assert [one.source for one in measure(GREENUP, ISLAND)] == ["OSRM", "STRAIGHT"]


def test_who_does_not_answer_is_not_waited_for(maps, settings):
    settings.GOOGLE_MAPS_API_KEY = "a key"
    maps.answer(MATRIX, {"error": {}}, 403)
    assert measure(GREENUP, ISLAND)[0].source == "OSRM", "the next one is asked"
    RoadDistance.objects.all().delete()
    maps.answer(TABLE, {}, 500)
    assert {one.source for one in measure(GREENUP, ISLAND)} == {"STRAIGHT"}


def test_nobody_else_is_asked_once_somebody_has_waited_long_enough(maps, settings, monkeypatch):
    monkeypatch.setattr(measuring, "WHILE_SOMEBODY_WAITS", -1)
    assert measure(GREENUP)[0].source == "STRAIGHT"
    assert not maps.asked


def test_nobody_is_asked_who_shall_not_be(maps):
    assert measure(GREENUP, ask_services=False)[0].source == "STRAIGHT"
    assert not maps.asked


def test_many_points_are_asked_for_in_parts(maps, settings, monkeypatch):
    monkeypatch.setattr(osrm, "MOST", 1)
    measure(GREENUP, ISLAND)
    assert [path.count(";") for path, _asked, _headers in maps.asked] == [1], "404 ends it"


def test_a_way_of_google_is_forgotten_in_time(maps, settings):
    settings.GOOGLE_MAPS_API_KEY = "a key"
    measure(GREENUP, ISLAND)
    [kept] = RoadDistance.objects.all()
    assert kept.kept_until - kept.measured_at == dt.timedelta(days=30)

    RoadDistance.objects.update(kept_until=timezone.now())
    settings.GOOGLE_MAPS_API_KEY = settings.OSRM_URL = ""
    assert measure(GREENUP)[0].source == "STRAIGHT"
    tasks.find_places()
    assert not RoadDistance.objects.exists()


def test_google_is_told_the_key_in_a_header_alone(maps, settings):
    settings.GOOGLE_MAPS_API_KEY = "a key"
    google_routes.ways(YARD, [GREENUP, ISLAND])
    [(path, posted, headers)] = maps.asked
    assert (path, headers["X-Goog-Api-Key"]) == (MATRIX, "a key")
    assert len(posted["destinations"]) == 2
    assert [name for name, _ask, _most in services()] == ["GOOGLE", "OSRM"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        b"x",
        {"code": "NoTable", "distances": [[0, 1, 1]], "durations": [[0, 1, 1]]},
        {"code": "Ok", "distances": [[0]], "durations": [[0]]},
        {"code": "Ok", "distances": [[0, 1, 1]], "durations": [[0]]},
        [{"condition": "ROUTE_EXISTS", "duration": "x"}, {}],
        ["x"],
    ],
)
@pytest.mark.parametrize(("service", "path"), [(osrm, TABLE), (google_routes, MATRIX)])
def test_what_is_no_answer(maps, service, path, body):
    maps.answer(path, body)
    with pytest.raises(NoAnswer):
        service.ways(YARD, [GREENUP, ISLAND])
