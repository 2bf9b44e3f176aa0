"""What a delivery costs: the price list, and what is said on the phone."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import ProductFactory
from scheduling import tasks
from scheduling.models import (
    DeliveryRates,
    DeliveryZone,
    DistanceBand,
    MaterialCharge,
    Place,
    Quote,
    RoadDistance,
    TruckClass,
)
from scheduling.selectors.rates import price_list
from scheduling.services.make_quote import postcode_of
from scheduling.tests.map_server import map_server, recorded

pytestmark = pytest.mark.django_db
ADDRESS = "2 Main St, Greenup, KY 41144"
HTMX = {"HX-Request": "true"}
YARD = {"latitude": "38.4784", "longitude": "-82.6379"}
RATES = {
    **YARD,
    "per_mile": "3.50",
    "base_fee": "20",
    "minimum": "60",
    "free_miles": "0",
    "most_miles": "80",
    "fuel_percent": "0",
    "road_factor": "1.3",
}


@pytest.fixture
def boss(signed_in):
    return signed_in(Role.ADMIN)


@pytest.fixture
def rates(boss):
    change(boss)
    return DeliveryRates.objects.get()


def change(boss, **values):
    return boss.post(reverse("scheduling:prices-change"), {**RATES, **values})


def add(boss, kind, **values):
    return boss.post(reverse("scheduling:price-add", args=[kind]), values)


def ask(browser, address=ADDRESS, *, headers=HTMX, **values):
    address = {"address": address, **values}
    return browser.post(reverse("scheduling:quote"), address, headers=headers or {})


def test_before_anybody_has_chosen_the_settings_hold(settings):
    settings.DELIVERY_ORIGIN_LATITUDE = Decimal("38.4784")
    settings.DELIVERY_ORIGIN_LONGITUDE = Decimal("-82.6379")
    settings.DELIVERY_RATE_PER_MILE, settings.DELIVERY_MAX_DISTANCE = Decimal(4), Decimal(50)
    listed = price_list()
    assert (listed.yard.latitude, listed.rates.per_mile) == (Decimal("38.4784"), 4)
    assert listed.rates.most_miles == 50
    assert str(listed.row) == "delivery rates"


def test_the_rates_are_changed_and_audited(boss):
    assert change(boss, round_trip="on").status_code == 302
    row = DeliveryRates.objects.get()
    assert (row.per_mile, row.round_trip, row.most_miles) == (Decimal("3.5"), True, 80)
    [audited] = AuditRow.objects.filter(what="delivery rates changed")
    assert "round_trip" in audited.new

    change(boss, round_trip="on")
    assert AuditRow.objects.filter(what="delivery rates changed").count() == 1, "nothing changed"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"per_mile": "-1"}, "greater than or equal to 0"),
        ({"latitude": ""}, "Type both figures"),
        ({"longitude": ""}, "Type both figures"),
        ({"road_factor": "0.9"}, "greater than or equal to 1"),
        ({"latitude": "99"}, "less than or equal to 90"),
        ({"base_fee": "x"}, "Enter a number"),
    ],
)
def test_what_is_no_rate_is_refused_by_its_field(boss, values, words):
    answer = change(boss, **values)
    assert (answer.status_code, DeliveryRates.objects.count()) == (422, 0)
    assert words in answer.text


@pytest.mark.parametrize(
    ("kind", "values", "model", "shown"),
    [
        ("band", {"up_to": "10", "fee": "45"}, DistanceBand, "up to 10.0 miles"),
        ("zone", {"name": "Boyd", "postcodes": "411, 456 38,", "fee": "5"}, DeliveryZone, "45638"),
        ("truck", {"name": "Tri-axle", "factor": "1.25"}, TruckClass, "1.25 times"),
        ("material", {"per_unit": "4"}, MaterialCharge, "4.00 a cord"),
    ],
)
def test_a_list_is_added_to_and_taken_from(boss, kind, values, model, shown):
    if kind == "material":
        values = {**values, "product": ProductFactory().pk}
    assert add(boss, kind, **values).status_code == 302
    assert shown in boss.get("/setup/prices/").text
    again = add(boss, kind, **values)
    assert again.status_code == 422
    assert model.objects.count() == 1

    key = model.objects.get().pk
    for _time in range(2):
        boss.post(reverse("scheduling:price-remove", args=[kind, key]))
    assert not model.objects.exists()
    assert AuditRow.objects.filter(what="delivery rate removed").count() == 1


@pytest.mark.parametrize("codes", ["", " , ", "41!", "4" * 13])
def test_what_is_no_postcode_is_refused(boss, codes):
    assert add(boss, "zone", name="Boyd", postcodes=codes, fee="5").status_code == 422
    assert not DeliveryZone.objects.exists()


def test_two_zones_cannot_have_one_postcode(boss):
    add(boss, "zone", name="Boyd", postcodes="411, 45638", fee="5")

    refused = add(boss, "zone", name="Ashland", postcodes="45638, 41101", fee="9")

    assert refused.status_code == 422
    assert "The zone Boyd has 45638 already" in refused.text
    assert add(boss, "zone", name="Ashland", postcodes="41101", fee="9").status_code == 302


def test_there_is_no_other_list(boss):
    assert add(boss, "pirates").status_code == 404
    assert boss.post(reverse("scheduling:price-remove", args=["pirates", 1])).status_code == 404


def test_an_address_comes_along_from_a_person_s_page(office, rates):
    assert f'value="{ADDRESS}"' in office.get("/quotes/", {"address": ADDRESS}).text


def test_a_price_by_typed_miles_needs_no_map(office, rates, boss):
    add(boss, "truck", name="Tri-axle", factor="1.5")
    oak = ProductFactory()
    add(boss, "material", product=oak.pk, per_unit="4")

    shown = ask(office, miles="20", truck="Tri-axle", product=oak.pk, quantity="2").text

    quote = Quote.objects.get()
    assert (quote.total, quote.source, quote.made_by) == (143, "PERSON", office.user)
    assert [line["label"] for line in quote.lines] == [
        "Base fee",
        "Way",
        "Tri-axle",
        "Oak, seasoned",
    ]
    assert "143.00" in shown
    assert "The miles were typed in" in shown
    assert ADDRESS in office.get("/quotes/").text
    assert AuditRow.objects.filter(what="delivery quoted").exists()
    assert str(quote) == f"quote {quote.uuid}"


def test_later_rates_do_not_change_what_was_said(office, rates, boss):
    ask(office, miles="20")
    change(boss, per_mile="99")
    assert Quote.objects.get().total == 90


def test_an_address_is_looked_for_while_the_customer_waits(office, rates, settings):
    with map_server() as maps:
        settings.GEOCODERS, settings.GEO_MAY_BE_LOCAL = ["census"], True
        settings.CENSUS_GEOCODER_URL = maps.url
        maps.answer("/locations/onelineaddress", recorded("census"))

        first = ask(office)
        assert first.status_code == 200
        assert "being looked for" in first.text
        assert 'hx-trigger="changed:board from:body' in first.text
        assert not maps.asked, "no page waits for it"
        tasks.find_places()

    shown = ask(office).text
    quote = Quote.objects.get()
    assert (quote.source, quote.place.source) == ("STRAIGHT", "CENSUS")
    assert "from the straight line" in shown
    assert "to its street alone" in shown
    assert quote.total == 20 + Decimal("16.1") * Decimal("3.5")


def test_an_address_that_nobody_looks_for_is_not_waited_for(office, rates, settings, time_machine):
    settings.GEOCODERS = ["census"]
    assert "Or type the miles." in ask(office).text

    time_machine.move_to(timezone.now() + dt.timedelta(seconds=31))  # no worker runs

    answer = ask(office)
    assert answer.status_code == 422
    assert "Nobody has found this address yet. Type how many miles it is" in answer.text
    assert 'hx-trigger="changed:board' not in answer.text
    assert ask(office, miles="20").status_code == 200


def test_a_way_that_was_measured_is_said_to_be_by_road(office, rates):
    ask(office)
    Place.objects.update(
        state="FOUND",
        source="ODOO",
        found_at=timezone.now(),
        latitude=Decimal("38.5731"),
        longitude=Decimal("-82.8332"),
        is_exact=True,
    )
    RoadDistance.objects.create(
        from_latitude=rates.latitude,
        from_longitude=rates.longitude,
        latitude=Decimal("38.5731"),
        longitude=Decimal("-82.8332"),
        source="OSRM",
        metres=32187,
        seconds=1,
        measured_at=timezone.now(),
    )
    shown = ask(office).text
    assert "Measured by road" in shown
    assert Quote.objects.get().total == 90, "20 miles"


def test_what_no_map_knows_asks_for_a_pin_or_for_the_miles(office, rates):
    answer = ask(office)
    assert answer.status_code == 422
    assert "No map knows this address" in answer.text
    assert reverse("scheduling:place", args=[Place.objects.get().uuid]) in answer.text
    assert not Quote.objects.exists()


def test_who_waits_for_silent_services_is_told(office, rates, settings):
    settings.GEOCODERS = ["census"]
    ask(office)
    Place.objects.update(tries=2)
    answer = ask(office)
    assert answer.status_code == 422
    assert "do not answer" in answer.text


def test_without_a_yard_only_typed_miles_have_a_price(office):
    assert "where the yard is" in ask(office).text
    assert ask(office, miles="3").status_code == 200


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"address": ""}, "required"),
        ({"address": "., -"}, "Write an address"),
        ({"miles": "-1"}, "greater than or equal to 0"),
        ({"miles": "81"}, "we deliver up to 80"),
        ({"truck": "Barge"}, "Select a valid choice"),
        ({"product": "1"}, "Select a valid choice"),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, None])
def test_what_has_no_price_says_why(office, rates, values, words, headers):
    answer = ask(office, **{"miles": "5", **values}, headers=headers)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Quote.objects.exists()


def test_a_product_wants_a_quantity(office, rates, boss):
    oak = ProductFactory()
    add(boss, "material", product=oak.pk, per_unit="4")
    assert "Say how much of it" in ask(office, miles="5", product=oak.pk).text


@pytest.mark.parametrize(
    ("address", "code"),
    [(ADDRESS, "41144"), ("2 Main St, 41144-1234 ", "41144"), ("41144 Main St", ""), ("", "")],
)
def test_the_postcode_stands_at_the_end(address, code):
    assert postcode_of(address) == code
