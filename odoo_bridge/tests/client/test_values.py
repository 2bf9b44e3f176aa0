import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.client.values import clean_text, from_odoo_datetime, odoo_datetime


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21 01:30:28", dt.datetime(2026, 11, 21, 1, 30, 28, tzinfo=dt.UTC)),
        ("2026-11-21 01:30:28.176123", dt.datetime(2026, 11, 21, 1, 30, 28, 176_123, dt.UTC)),
        (False, None),
        (None, None),
    ],
)
def test_reads_the_moments_of_answers_and_of_webhooks(text, moment):
    assert from_odoo_datetime(text) == moment


@given(st.datetimes(timezones=st.just(dt.UTC)))
def test_a_moment_survives_the_way_there_and_back_but_for_its_fraction(moment):
    assert from_odoo_datetime(odoo_datetime(moment)) == moment.replace(microsecond=0)


def test_text_loses_what_odoo_refuses_and_nothing_else():
    assert clean_text("a\x00b\x1b[1m\ufffe\ud800 Zoë 🚚\t\r\n") == "ab[1m Zoë 🚚\t\r\n"


@given(st.text())
def test_clean_text_is_text_for_utf8_and_stays_clean(text):
    cleaned = clean_text(text)

    cleaned.encode()
    assert clean_text(cleaned) == cleaned
