"""Addresses to choose from while one is typed."""

import pytest

from portal.accounts.models import Role
from scheduling.services.suggest_addresses import suggest_addresses
from scheduling.tests.map_server import map_server, recorded
from scheduling.tests.mapping import known

pytestmark = pytest.mark.django_db
AUTOCOMPLETE = "/v1/places:autocomplete"
KEY = "a-key-that-nobody-may-see"


@pytest.fixture
def google(settings):
    with map_server() as server:
        settings.GEO_MAY_BE_LOCAL, settings.GOOGLE_MAPS_API_KEY = True, KEY
        settings.GOOGLE_PLACES_URL = server.url
        server.answer(AUTOCOMPLETE, recorded("google_places"))
        yield server


@pytest.fixture
def greenup():
    return known("2 Main St, Greenup, KY 41144", "38.573085", "-82.833220")


def test_without_a_key_our_own_places_are_suggested(greenup):
    known("9 Mill Road, Concord", "43.2", "-71.5")

    assert suggest_addresses("main green") == [greenup.address]
    assert suggest_addresses("2 ") == []
    assert suggest_addresses("nowhere") == []


def test_google_is_asked_for_more_nearby_and_named_only_by_its_key(greenup, google, settings):
    settings.DELIVERY_ORIGIN_LATITUDE, settings.DELIVERY_ORIGIN_LONGITUDE = 38.4784, -82.6379
    settings.BUSINESS_COUNTRY = "US"

    found = suggest_addresses("2 main")

    assert found == [
        greenup.address,
        "2 Main Street, Greenup, KY, USA",
        "2 Maple Street, Ashland, KY, USA",
    ]
    [(path, asked, headers)] = google.asked
    assert path == AUTOCOMPLETE
    assert asked["input"] == "2 main"
    assert asked["includedRegionCodes"] == ["us"]
    circle = asked["locationBias"]["circle"]
    assert circle["center"] == {"latitude": 38.4784, "longitude": -82.6379}
    assert headers["X-Goog-Api-Key"] == KEY


def test_without_a_yard_nowhere_is_nearby(google, settings):
    settings.DELIVERY_ORIGIN_LATITUDE = settings.DELIVERY_ORIGIN_LONGITUDE = None

    suggest_addresses("2 main")

    assert "locationBias" not in google.asked[0][1]


def test_where_our_own_are_enough_google_is_not_asked(google):
    for number in range(7):
        known(f"{number} Quarry Lane", "38.5", "-82.8")

    assert len(suggest_addresses("quarry")) == 6
    assert google.asked == []


@pytest.mark.parametrize(
    ("body", "status"),
    [({"error": {"code": 403}}, 403), ({"suggestions": [{"queryPrediction": {}}]}, 200), ([], 200)],
)
def test_without_an_answer_our_own_places_stand_alone(greenup, google, body, status):
    google.answer(AUTOCOMPLETE, body, status)

    assert suggest_addresses("2 main") == [greenup.address]


def test_the_page_suggests(signed_in, google, greenup):
    office = signed_in(Role.OFFICE)

    assert 'list="quote-addresses"' in office.get("/quotes/").text
    assert "Google Maps" in office.get("/quotes/").text
    answer = office.get("/quotes/addresses?address=2+main").text
    assert f'<option value="{greenup.address}"></option>' in answer
