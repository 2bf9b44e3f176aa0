"""A key of Google's that has its older API for ways alone."""

import pytest

from scheduling.errors import NoAnswer
from scheduling.geo import google_matrix, google_roads
from scheduling.geo.google_roads import lacks_routes
from scheduling.models import RoadDistance
from scheduling.services.measure_ways import Distance, measure_ways
from scheduling.tests.map_server import map_server, recorded
from scheduling.tests.test_ways import FACTOR, GREENUP, ISLAND, MATRIX, YARD

pytestmark = pytest.mark.django_db
OLDER = "/maps/api/distancematrix/json"


@pytest.fixture
def maps(settings):
    with map_server() as server:
        settings.GEO_MAY_BE_LOCAL, settings.GOOGLE_MAPS_API_KEY = True, "a key"
        settings.GOOGLE_MATRIX_URL = settings.GOOGLE_ROUTES_URL = server.url
        server.answer(MATRIX, recorded("google_routes_disabled"), 403)
        server.answer(OLDER, recorded("google_matrix"))
        yield server


def test_the_older_one_is_asked_where_routes_is_not_enabled(maps):
    told = measure_ways(YARD, [GREENUP, ISLAND], factor=FACTOR)

    assert told[0] == Distance(21035, "GOOGLE")
    assert told[1].source == "STRAIGHT", "no road leads there"
    kept = RoadDistance.objects.get()
    assert (kept.seconds, kept.source, bool(kept.kept_until)) == (1503, "GOOGLE", True)
    [_refused, (path, asked, _headers)] = maps.asked
    assert (path, asked["origins"], asked["key"]) == (OLDER, ["38.478400,-82.637900"], ["a key"])
    assert asked["destinations"] == ["38.573100,-82.833200|38.600000,-82.900000"]
    assert asked["mode"] == ["driving"]


def test_it_is_asked_for_as_many_as_it_takes(maps, monkeypatch):
    assert google_matrix.MOST == 25
    way = {"status": "OK", "distance": {"value": 7}, "duration": {"value": 9}}
    maps.answer(OLDER, {"status": "OK", "rows": [{"elements": [way] * 3}]})
    monkeypatch.setattr(google_matrix, "MOST", 3)

    assert [one.metres for one in google_roads.ways(YARD, [GREENUP] * 6)] == [7] * 6

    asked = [words["destinations"][0] for path, words, _headers in maps.asked if path == OLDER]
    assert [one.count("|") + 1 for one in asked] == [3, 3]


@pytest.mark.parametrize("status", [429, 500, 403])
def test_any_other_refusal_asks_nobody_else(maps, status):
    maps.answer(MATRIX, {"error": {"code": status, "status": "PERMISSION_DENIED"}}, status)
    with pytest.raises(NoAnswer, match=f"HTTP {status}"):
        google_roads.ways(YARD, [GREENUP])
    assert len(maps.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"status": "REQUEST_DENIED", "rows": [], "error_message": "a key"},
        {"status": "OK", "rows": []},
        {"status": "OK", "rows": [{"elements": []}]},
        {"status": "OK", "rows": [{"elements": [{"status": "OK"}, {}]}]},
        {"status": "OK", "rows": [{"elements": ["x", "y"]}]},
        [],
        b"x",
    ],
)
def test_what_is_no_answer_of_the_older_one(maps, body):
    maps.answer(OLDER, body)
    with pytest.raises(NoAnswer) as refusal:
        google_roads.ways(YARD, [GREENUP, ISLAND])
    assert "a key" not in str(refusal.value)


@pytest.mark.parametrize("told", [None, [], {}, ["x"], [{"error": {"details": ["x"]}}], "x"])
def test_what_does_not_say_that_routes_is_lacking(told):
    assert not lacks_routes(told)


def test_a_key_that_is_kept_from_routes_says_so_otherwise():
    [blocked] = recorded("google_routes_disabled")
    blocked["error"]["details"][0]["reason"] = "API_KEY_SERVICE_BLOCKED"
    assert lacks_routes(blocked)
    assert lacks_routes([blocked])


def test_a_refusal_without_json_is_one_as_well(maps):
    maps.answer(MATRIX, b"<html>", 403)
    with pytest.raises(NoAnswer, match="HTTP 403"):
        google_roads.ways(YARD, [GREENUP])
