"""Telephone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.phone import for_people, to_e164


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(606) 555-0123", "+16065550123"),
        ("606.555.0123", "+16065550123"),
        ("+1 606 555 0123", "+16065550123"),
        ("tel:+16065550123", "+16065550123"),
        ("+49 30 901820", "+4930901820"),
        ("", None),
        ("Anonymous", None),
        ("12", None),
        ("+1 606 555 01234567", None),
    ],
)
def test_a_number_becomes_e164_or_nothing(text, expected):
    assert to_e164(text, country="US") == expected


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none(text):
    number = to_e164(text, country="US")

    assert number is None or to_e164(number, country="US") == number


def test_a_number_is_shown_as_people_write_it():
    assert for_people("+16065550123") == "+1 606-555-0123"
    assert for_people("anonymous") == "anonymous"
