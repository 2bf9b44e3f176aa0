"""What deliveries to many addresses cost, in one go."""

import pytest

from scheduling.errors import YardUnknown
from scheduling.models import DeliveryRates, Place
from scheduling.selectors.rates import first_rates
from scheduling.services.make_quote import make_quote
from scheduling.services.price_many import price_many
from scheduling.tests.map_server import map_server
from scheduling.tests.mapping import known, lost

pytestmark = pytest.mark.django_db
NEAR, FAR = "2 Main St, Greenup, KY 41144", "9 Mill Road, Concord, NH 03301"


@pytest.fixture(autouse=True)
def rates():
    rates = first_rates()
    rates.latitude, rates.longitude, rates.per_mile, rates.most_miles = 38.4784, -82.6379, 3, 80
    rates.save()
    return DeliveryRates.objects.get()


@pytest.fixture
def places():
    return known(NEAR, "38.5731", "-82.8335"), known(FAR, "43.2", "-71.5")


def test_each_has_its_price_or_why_there_is_none(places, dispatcher):
    lost("1 Nowhere Lane")

    near, far, nowhere, nothing, new = price_many(
        [NEAR.upper(), FAR, "1 Nowhere Lane", " , ", "7 New Street, Ashland"]
    )

    said = make_quote(address=NEAR, miles=None, truck="", goods=(), by=dispatcher)
    assert (near.price.total, near.distance.metres) == (said.total, said.metres)
    assert near.address == NEAR.upper()
    assert "we deliver up to 80" in far.refusal
    assert (far.price, far.distance.source) == (None, "STRAIGHT")
    assert "No map knows this address" in nowhere.refusal
    assert nothing.refusal.startswith("Write an address")
    assert "No map knows" in new.refusal
    assert Place.objects.get(address="7 New Street, Ashland").state == "TO_FIND"


def test_many_take_no_more_queries_than_one(places, django_assert_num_queries):
    for addresses in ([NEAR], [NEAR, FAR] * 20):
        with django_assert_num_queries(7):
            assert price_many(addresses)[0].price


def test_a_way_is_asked_for_once(places, settings):
    settings.GEO_MAY_BE_LOCAL = True
    with map_server() as server:
        settings.OSRM_URL = server.url
        price_many([NEAR, FAR])

    assert len(server.asked) == 1  # of both


def test_without_a_yard_nothing_has_a_price(rates):
    DeliveryRates.objects.update(latitude=None, longitude=None)

    with pytest.raises(YardUnknown):
        price_many([NEAR])
