"""The price of a delivery: each rule, and what holds of every price."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.errors import NoSuchTruck, TooFar
from scheduling.pricing.price import Ask, Goods, price_of
from scheduling.pricing.rates import Band, Rates, Zone

D = Decimal
OAK = 7
RATES = Rates(
    per_mile=D("3.50"),
    base_fee=D(20),
    minimum=D(60),
    free_miles=D(5),
    round_trip=True,
    fuel_percent=D(8),
    most_miles=D(80),
    trucks={"Tri-axle": D("1.25"), "Pickup": D(1)},
    materials={OAK: D(4)},
)
BANDS = replace(RATES, bands=(Band(D(20), D(75)), Band(D(10), D(45))))
ZONES = replace(
    BANDS, zones=(Zone("Boyd", ("411",), D(50)), Zone("Ashland", ("41101", "41102"), D(35)))
)
miles = st.decimals(0, 80, places=1)
money = st.decimals(0, 500, places=2)
rates = st.builds(
    Rates,
    per_mile=money,
    base_fee=money,
    minimum=money,
    free_miles=st.decimals(0, 30, places=1),
    round_trip=st.booleans(),
    fuel_percent=st.decimals(0, 50, places=1),
    trucks=st.just({"Tri-axle": D("1.25")}),
    materials=st.just({OAK: D(4)}),
)


def lines(price):
    return [(line.label, line.how, str(line.amount)) for line in price.lines]


def test_each_line_says_how_it_comes_about():
    ask = Ask(D(25), truck="Tri-axle", goods=[Goods(OAK, "Oak", D(2)), Goods(8, "Pine", D(9))])
    price = price_of(ask, RATES)
    assert lines(price) == [
        ("Base fee", "", "20.00"),
        ("Way", "25 miles, 5 free, there and back, at 3.5", "140.00"),
        ("Tri-axle", "1.25 times 160", "40.00"),
        ("Fuel", "8 % of 200", "16.00"),
        ("Oak", "2 at 4", "8.00"),
    ]
    assert price.total == D("224.00")


def test_a_short_way_costs_the_minimum():
    assert lines(price_of(Ask(D(3)), RATES))[-1] == ("Minimum", "at least 60", "38.40")
    assert price_of(Ask(D(3)), RATES).total == 60


@pytest.mark.parametrize(
    ("far", "fee"), [("0", 45), ("10", 45), ("10.1", 75), ("20", 75), ("20.1", None)]
)
def test_the_narrowest_band_that_reaches_so_far_is_the_price_of_the_way(far, fee):
    first = price_of(Ask(D(far)), BANDS).lines[0]
    assert (first.amount if fee else first.label) == (fee or "Base fee")


@pytest.mark.parametrize(
    ("postcode", "label"),
    [
        ("41101", "Zone Ashland"),
        (" 41 102-1234", "Zone Ashland"),
        ("41143", "Zone Boyd"),
        ("45638", "Up to 10 miles"),
        ("", "Up to 10 miles"),
    ],
)
def test_a_zone_goes_before_a_band_and_the_closer_zone_before_the_wider(postcode, label):
    assert price_of(Ask(D(8), postcode=postcode), ZONES).lines[0].label == label


def test_nobody_drives_farther_than_the_business_says():
    assert price_of(Ask(D(80)), RATES)
    with pytest.raises(TooFar, match=r"80\.1 miles away; we deliver up to 80"):
        price_of(Ask(D("80.1")), RATES)
    assert price_of(Ask(D(4000)), replace(RATES, most_miles=None))


def test_a_truck_that_is_in_no_class_is_no_price():
    with pytest.raises(NoSuchTruck, match="Barge"):
        price_of(Ask(D(8), truck="Barge"), RATES)
    assert len(price_of(Ask(D(25), truck="Pickup"), RATES).lines) == 3, "it costs no more"


@given(rates, miles, st.decimals(0, 40, places=2), st.sampled_from(["", "Tri-axle"]))
def test_a_price_is_the_sum_of_its_lines_and_never_below_the_minimum(of, far, load, truck):
    price = price_of(Ask(far, truck=truck, goods=[Goods(OAK, "Oak", load)]), of)
    assert price.total == sum(line.amount for line in price.lines) >= of.minimum
    assert all(line.amount >= 0 and line.amount.as_tuple().exponent == -2 for line in price.lines)


@given(rates, miles, miles)
def test_who_lives_farther_away_never_pays_less(of, one, other):
    near, far = sorted([one, other])
    assert price_of(Ask(near), of).total <= price_of(Ask(far), of).total
