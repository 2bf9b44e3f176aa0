"""The page of what is made: what a tap does."""

import datetime as dt
import re

import pytest

from portal.testing.productions import ManufacturingOrderFactory
from portal.testing.yard import RunFactory
from scheduling.tests.conftest import PARTIAL, promised
from scheduling.tests.making import (
    LIST,
    address,
    awaited_by_a_stop,
    day_of,
    gone,
    moved,
    on_the_clock,
    post,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_one_tap_starts_and_one_ends_and_an_old_page_is_refused_on_its_card(bench):
    production = ManufacturingOrderFactory(name="MO/7")

    assert "MO/7 is in progress." in post(bench, production, "start").text
    again = post(bench, production, "start")
    assert again.status_code == 422
    assert "MO/7 is in progress already." in again.text.partition("production-card")[2]

    answer = post(bench, production, "finish", good="10", seen="10.0000")
    assert "MO/7 is done: 10 bundle made." in answer.text
    again = post(bench, production, "finish", good="10", seen="10")
    assert again.status_code == 422
    assert "MO/7 is done already." in again.text
    assert [len(promised(name)) for name in ("StartProduction", "FinishProduction")] == [1, 1]


def test_what_was_made_scrapped_and_follows_is_said(bench):
    production = ManufacturingOrderFactory(name="MO/7")

    made = {"good": "6", "scrapped": "1.5", "rest_follows": "on", "seen": "10"}
    text = post(bench, production, "finish", **made).text

    assert "MO/7 is done: 7.5 bundle made, 1.5 of them scrapped, 2.5 to follow." in text


def test_what_was_mistyped_stays_to_be_mended(bench):
    production = ManufacturingOrderFactory()

    typed = {"good": "-3", "scrapped": "2", "seen": "10"}
    answer = bench.post(f"{address(production, 'finish')}?of=part", typed, headers=PARTIAL)

    assert answer.status_code == 422
    assert "Good: Ensure this value is greater than or equal to 0." in answer.text
    assert 'name="good" min="0" step="any" inputmode="decimal" required value="-3"' in answer.text
    assert re.search(r'id="production-made-[^"]*" open', answer.text)
    assert not re.search(r'id="production-plan-[^"]*" open', answer.text)


def test_it_is_moved_and_the_delivery_that_misses_it_is_named(bench):
    run = RunFactory()
    starts_at = run.starts_at - DAY
    production = awaited_by_a_stop(run, name="MO/7", starts_at=starts_at, ends_at=run.starts_at)
    day = day_of(run.starts_at) + DAY

    answer = moved(bench, production, f"{day}T08:00", f"{day}T12:30")

    assert answer.status_code == 200
    assert f"MO/7 is planned from {day:%-d %b} 08:00 to {day:%-d %b} 12:30." in answer.text
    assert f"before it is made: {production.order_line.order.name} (" in answer.text
    again = moved(bench, production, f"{day}T09:00", f"{day}T12:30")
    assert again.status_code == 422
    assert "Somebody else has moved MO/7" in again.text


def test_a_time_that_is_none_stays_to_be_mended_too(bench):
    answer = moved(bench, ManufacturingOrderFactory(), "0206-12-01T10:00", "2026-12-01T10:00")

    assert answer.status_code == 422
    assert "From: Choose a day from" in answer.text
    assert 'value="0206-12-01T10:00"' in answer.text
    assert re.search(r'id="production-plan-[^"]*" open', answer.text)


def test_there_is_nothing_to_do_with_what_does_not_exist(bench):
    missing = ManufacturingOrderFactory()
    gone(missing)

    for what in ("start", "finish", "plan"):
        assert post(bench, missing, what).status_code == 404


def test_what_odoo_cancelled_meanwhile_is_refused_above_the_list(bench):
    production = ManufacturingOrderFactory(state="cancel", name="MO/7")

    answer = post(bench, production, "start")

    assert answer.status_code == 422
    assert "✕ MO/7 is cancelled already." in answer.text
    assert "Nothing is to be made." in answer.text


def test_it_works_without_javascript(bench):
    run = RunFactory()
    production = awaited_by_a_stop(run, starts_at=run.starts_at, ends_at=run.ends_at)

    answer = bench.post(
        address(production, "plan"),
        {
            "starts_at": on_the_clock(run.starts_at),
            "ends_at": on_the_clock(run.ends_at + DAY),
            "seen_starts_at": run.starts_at.isoformat(),
            "seen_ends_at": run.ends_at.isoformat(),
        },
        follow=True,
    )
    assert answer.redirect_chain == [(LIST, 302)]
    assert "is planned from" in answer.text
    assert "leave before it is made" in answer.text

    done = post(bench, production, "finish", good="10", seen="10", headers=None)
    assert done.status_code == 302
    refused = post(bench, production, "start", headers=None)
    assert refused.status_code == 422
    assert "<html" in refused.text
