"""Figures as people read them."""

from decimal import Decimal

import pytest

from portal.core.templatetags.figures import money, quantity


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
