"""When two values of a field say the same."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.merge.values import Kind, canonical, same

CENT = Decimal("0.01")
FIVE = Decimal("0.05")
ASHLAND = dt.timezone(dt.timedelta(hours=-5))
TEXTS = st.sampled_from(["", " ", "Oak", " Oak", "Oak ", "oak"]) | st.none() | st.just(False)
MOMENTS = st.datetimes(timezones=st.timezones()).filter(lambda one: 1990 <= one.year < 9000)
VALUES = {
    Kind.TEXT: TEXTS,
    Kind.HTML: st.sampled_from(["", "<p><br></p>", "<p>Oak</p>", "Oak", "<b>Oak</b>", False]),
    Kind.NUMBER: st.floats(-1e6, 1e6) | st.decimals(-100, 100, places=4) | st.just(False),
    Kind.INTEGER: st.integers(-5, 5) | st.just(False) | st.none(),
    Kind.BOOLEAN: st.booleans() | st.none(),
    Kind.DATE: st.dates() | st.dates().map(str) | st.just(False),
    Kind.DATETIME: MOMENTS | MOMENTS.map(dt.datetime.isoformat) | st.just(False),
    Kind.MANY2ONE: st.integers(1, 3) | st.just(False) | st.none() | st.just([2, "Two"]),
    Kind.IDS: st.lists(st.integers(1, 4)) | st.just(False),
}
KINDS = st.sampled_from(list(Kind))


@st.composite
def three_of_a_kind(draw):
    kind = draw(KINDS)
    return kind, *(draw(VALUES[kind]) for _ in range(3))


@given(three_of_a_kind())
def test_saying_the_same_is_an_equivalence(kind_and_values):
    kind, one, two, three = kind_and_values

    assert same(kind, one, one)
    assert same(kind, one, two) == same(kind, two, one)
    if same(kind, one, two) and same(kind, two, three):
        assert same(kind, one, three)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.TEXT, "", False),
        (Kind.TEXT, None, "  "),
        (Kind.TEXT, " Oak\n", "Oak"),
        (Kind.HTML, False, "<p><br></p>"),
        (Kind.HTML, "<p>2 &lt; 3<br>By Friday</p>", '<div class="o">2 < 3</div> By\nFriday'),
        (Kind.INTEGER, False, 0),
        (Kind.BOOLEAN, None, False),
        (Kind.DATE, "2026-11-21", dt.date(2026, 11, 21)),
        (Kind.DATE, False, None),
        (Kind.DATETIME, "2026-11-21 17:00:00", dt.datetime(2026, 11, 21, 12, tzinfo=ASHLAND)),
        (Kind.DATETIME, "2026-11-21T17:00:00.9+00:00", "2026-11-21 17:00:00"),
        (Kind.DATETIME, False, None),
        (Kind.MANY2ONE, [7, "Kentucky"], 7),
        (Kind.MANY2ONE, False, 0),
        (Kind.IDS, [2, 1, 2], (1, 2)),
        (Kind.IDS, False, []),
    ],
)
def test_these_say_the_same(kind, one, other):
    assert same(kind, one, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.TEXT, "Oak", "oak"),
        (Kind.HTML, "<p>one</p><p>two</p>", "<p>one two</p>"),
        (Kind.HTML, '<a href="a">x</a>', '<a href="b">x</a>'),
        (Kind.HTML, '<img src="a">', ""),
        (Kind.INTEGER, 1, 2),
        (Kind.DATETIME, "2026-11-21 17:00:00", "2026-11-21 17:00:01"),
        (Kind.MANY2ONE, 7, False),
        (Kind.IDS, [1], [1, 2]),
    ],
)
def test_these_do_not(kind, one, other):
    assert not same(kind, one, other)


@pytest.mark.parametrize(
    ("one", "other", "unit", "equal"),
    [
        (0.1 + 0.2, 0.3, CENT, True),
        (Decimal("82.6389"), 82.6389, Decimal("1e-7"), True),
        (1.004, 1.0, CENT, True),
        (1.005, 1.0, CENT, False),
        (10.02, 10, FIVE, True),
        (10.03, 10, FIVE, False),
        (False, 0, CENT, True),
    ],
)
def test_numbers_count_in_the_steps_of_their_field_or_currency(one, other, unit, equal):
    assert same(Kind.NUMBER, one, other, unit=unit) is equal


def test_what_is_no_value_of_the_kind_is_an_error():
    with pytest.raises(ValueError, match="Invalid isoformat"):
        canonical(Kind.DATE, "tomorrow")
