"""Figures as people read them."""

import datetime as dt
from decimal import Decimal

import pytest

from portal.core.templatetags.figures import age, money, quantity, span


@pytest.mark.parametrize(
    ("amount", "symbol", "shown"),
    [
        ("1180", "$", "$\u00a01,180.00"),
        ("0.5", "", "0.50"),
        ("-3.456", "€", "€\u00a0-3.46"),
    ],
)
def test_money_has_two_places_and_stays_beside_its_symbol(amount, symbol, shown):
    assert money(Decimal(amount), symbol) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("2.0000", "2"), ("0.5000", "0.5"), ("1200", "1,200"), ("100.00", "100")]
)
def test_a_quantity_says_no_more_than_it_knows(number, shown):
    assert quantity(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (-5, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h"),
        (86_399, "23 h"),
        (200_000, "2 d"),
    ],
)
def test_an_age_is_said_in_the_largest_unit(seconds, words):
    now = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)

    assert age(now - dt.timedelta(seconds=seconds), now) == words.replace(" ", "\u00a0")


def test_what_never_was_has_no_age():
    assert age(None, dt.datetime(2026, 11, 26, tzinfo=dt.UTC)) == ""


def test_a_span_is_in_hours_where_it_is_that_long():
    said = [span(minutes).replace("\u00a0", " ") for minutes in (0, 59, 60, 737)]
    assert said == ["0 min", "59 min", "1 h 0 min", "12 h 17 min"]
