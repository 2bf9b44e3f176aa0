"""The page of what is made: what it shows."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from odoo_bridge.models import OutboxEntry, WorkingHours, WorkOrder
from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.productions import (
    ManufacturingOrderFactory,
    SaleOrderLineFactory,
    WorkCenterFactory,
    WorkOrderFactory,
    in_an_hour,
)
from portal.testing.yard import JobFactory, RunFactory
from scheduling.selectors import productions as selectors
from scheduling.tests.conftest import PARTIAL
from scheduling.tests.making import LIST, awaited_by_a_stop, finish
from scheduling.tests.workshop import at, hours_of, work
from scheduling.tests.workshop import bench as work_center

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


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


def test_each_work_centre_says_how_much_of_its_week_is_planned(bench):
    daily, today = hours_of(*((weekday, 8, 16) for weekday in range(7))), business_today()
    kiln = work_center(daily, name="Kiln")
    saw = work_center(WorkingHours.objects.create(), name="Saw")
    much, little = (work(kiln, at(today, 12), at(today, 13), minutes=n) for n in (540, 6))
    work(saw, at(today, 12), at(today, 13))

    text = sections(bench.get(LIST).text)

    assert "✕ 114 % too much" in text["Kiln"]
    assert "9.1 of 8 h" in text["Kiln"]
    assert text["Kiln"].count("<meter") == 7
    assert text["Kiln"].count(">free<") == 6
    assert "✕ closed" in text["Saw"]
    assert text["Saw"].count(">closed<") == 6
    WorkOrder.objects.filter(pk=little.pk).update(state="done")
    for minutes, words in ((450, "▲ 94 % nearly full"), (240, "50 % planned")):
        WorkOrder.objects.filter(pk=much.pk).update(expected_minutes=minutes)
        assert words in bench.get(LIST).text


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_takes_the_same_queries_however_many(bench, django_assert_num_queries, number):
    run, center = RunFactory(), WorkCenterFactory()
    for _ in range(number):
        awaited_by_a_stop(run, at=[center, WorkCenterFactory()])
        ManufacturingOrderFactory(state="done", at=[center], ends_at=timezone.now())

    # session, person, business; twice productions, steps, promises; deliveries; the work of the
    # centres with its productions and promises, and their times off
    with django_assert_num_queries(14):
        bench.get(LIST, headers=PARTIAL)
