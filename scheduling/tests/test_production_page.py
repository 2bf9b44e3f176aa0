"""The page of what is made: what it shows, and what a tap does."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.testing.productions import (
    ManufacturingOrderFactory,
    SaleOrderLineFactory,
    WorkCenterFactory,
    WorkOrderFactory,
    in_an_hour,
)
from portal.testing.yard import JobFactory, RunFactory
from scheduling.selectors import productions as selectors
from scheduling.tests.conftest import PARTIAL, promised
from scheduling.tests.making import (
    LIST,
    address,
    awaited_by_a_stop,
    day_of,
    finish,
    gone,
    moved,
    on_the_clock,
    post,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def bench(signed_in):
    return signed_in(Role.PRODUCTION)


def sections(text):
    """Return the words of each section, by its title."""
    parts = re.split(r'<h2 id="center-title-[^"]*">([^<]*) <', text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def names(text):
    """Return the numbers of the productions, each once and in order."""
    return list(dict.fromkeys(re.findall(r"MO/\w+", text)))


def test_each_work_centre_says_what_is_due_what_comes_and_what_was_made(bench):
    kiln, saw = WorkCenterFactory(name="Kiln", position=2), WorkCenterFactory(name="Saw")
    soon, earlier = in_an_hour(), in_an_hour() - 2 * DAY
    ManufacturingOrderFactory(name="MO/late", at=[saw, kiln], starts_at=earlier, state="progress")
    ManufacturingOrderFactory(name="MO/next", at=[saw], starts_at=soon + 3 * DAY)
    ManufacturingOrderFactory(name="MO/soon", at=[saw], starts_at=soon + 2 * DAY)
    ManufacturingOrderFactory(name="MO/made", at=[saw], state="done", ends_at=timezone.now())
    ManufacturingOrderFactory(name="MO/old", state="done", ends_at=earlier - DAY)
    ManufacturingOrderFactory(name="MO/off", state="cancel")
    half = ManufacturingOrderFactory(name="MO/half", at=[saw, kiln], starts_at=soon + DAY)
    half.work_orders.filter(work_center=saw).update(state="done")
    ManufacturingOrderFactory(name="MO/none", starts_at=None, ends_at=None)

    text = bench.get(LIST).text

    shown = sections(text)
    assert list(shown) == ["Saw", "Kiln", "No work centre"]
    due, _, rest = shown["Saw"].partition("<h3>Coming")
    coming, _, made = rest.partition("<h3>Made today")
    assert names(due) == ["MO/late"]
    assert "▲ late" in due
    assert "then Kiln" in due
    assert names(coming) == ["MO/soon", "MO/next"]
    assert names(made) == ["MO/made"]
    assert "<form" not in made
    assert names(shown["Kiln"]) == ["MO/half"]
    assert names(shown["No work centre"]) == ["MO/none"]
    assert "no time yet" in shown["No work centre"]
    assert "Nothing is left for today." in shown["Kiln"]
    assert "MO/old" not in text


def test_what_should_have_been_begun_yesterday_is_late(bench):
    begun = {"starts_at": in_an_hour() - 2 * DAY, "ends_at": in_an_hour() + DAY}
    ManufacturingOrderFactory(**begun, state="progress")
    assert "▲ late" not in bench.get(LIST).text

    ManufacturingOrderFactory(**begun)
    assert bench.get(LIST).text.count("▲ late") == 1


def test_a_step_that_was_taken_off_and_a_centre_that_is_gone_do_not_count(bench):
    gone = WorkCenterFactory(name="Gone")
    WorkOrderFactory(production=ManufacturingOrderFactory(), work_center=gone)
    ManufacturingOrderFactory(at=[None, None])

    assert list(sections(bench.get(LIST).text)) == ["No work centre"]


def test_each_state_has_a_word_and_a_sign(bench):
    for state in ("draft", "confirmed", "progress", "to_close"):
        ManufacturingOrderFactory(state=state)

    text = bench.get(LIST).text

    for words in ("○ draft", "● to be made", "◐ in progress", "◕ all steps done"):
        assert text.count(words) == 1
    assert text.count("✓ parts reserved") == 4


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.PRODUCTION, "Odoo said no: the office sees to it"), (Role.OFFICE, 'href="/sync/"')],
)
def test_what_odoo_has_not_done_is_said_so(signed_in, person, role, words):
    refused, waiting = ManufacturingOrderFactory.create_batch(2)
    for one in (refused, waiting):
        finish(one, 8, by=person(Role.PRODUCTION))
    OutboxEntry.objects.filter(target=f"production:{refused.uuid}").update(state="PARKED")

    text = signed_in(role).get(LIST).text

    assert words in text.partition("<main")[2]
    assert text.count("⇅ not in Odoo yet") == 1
    assert "8 of 10 bundle" in text
    assert "2 bundle to follow" in text


def test_parts_that_are_not_reserved_are_named_so(bench):
    ManufacturingOrderFactory(parts_state="confirmed")
    ManufacturingOrderFactory(parts_state="")

    assert bench.get(LIST).text.count("▲ not all parts are reserved") == 1


def test_the_deliveries_that_wait_are_named_with_those_that_leave_too_early(bench):
    run = RunFactory()
    awaited_by_a_stop(run, starts_at=run.starts_at - DAY, ends_at=run.starts_at - DAY / 2)
    awaited_by_a_stop(run, starts_at=run.starts_at, ends_at=run.starts_at + DAY)
    order = JobFactory(picking__order__customer=None).order
    ManufacturingOrderFactory(order_line=SaleOrderLineFactory(order=order))

    text = bench.get(LIST).text

    assert text.count("✕ leaves before it is made") == 1
    assert text.count(f"{run.truck} ") >= 2
    assert "not planned yet" in text


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


def test_the_director_reads(signed_in):
    ManufacturingOrderFactory(name="MO/7")

    text = signed_in(Role.DIRECTOR).get(LIST, headers=PARTIAL).text

    assert "MO/7" in text
    assert "<form" not in text


def test_the_bench_begins_its_day_here(bench):
    assert bench.get("/").url == LIST
    assert '<a href="/production/" aria-current="page">' in bench.get(LIST).text


def test_what_does_not_fit_is_said_so(bench, monkeypatch):
    monkeypatch.setattr(selectors, "MOST_OPEN", 1)
    ManufacturingOrderFactory.create_batch(2)

    text = bench.get(LIST).text

    assert text.count('id="production-card-') == 1
    assert "There are more than are shown here" in text


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_takes_the_same_queries_however_many(bench, django_assert_num_queries, number):
    run, center = RunFactory(), WorkCenterFactory()
    for _ in range(number):
        awaited_by_a_stop(run, at=[center, WorkCenterFactory()])
        ManufacturingOrderFactory(state="done", at=[center], ends_at=timezone.now())

    # session, person, business; twice productions, steps, promises; deliveries
    with django_assert_num_queries(10):
        bench.get(LIST, headers=PARTIAL)
