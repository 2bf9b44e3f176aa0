"""The calendar as a list: what stands on which day, with which words."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from odoo_bridge.models import ManufacturingOrder
from portal.accounts.models import Role
from portal.testing.productions import (
    ManufacturingOrderFactory,
    SaleOrderLineFactory,
    WorkCenterFactory,
)
from portal.testing.yard import TruckFactory
from scheduling.models import Closure
from scheduling.selectors import calendar_deliveries, calendar_productions, calendar_receipts
from scheduling.selectors.calendar import agenda_of, rows_of
from scheduling.selectors.calendar_entry import Days
from scheduling.tests.conftest import PARTIAL
from scheduling.tests.planning import (
    ALL,
    DAY,
    NEXT,
    at,
    delivery,
    now,
    on,
    page,
    receipt,
)
from scheduling.tests.workshop import bench, hours_of, work

pytestmark = pytest.mark.django_db
WEEK = Days(DAY, DAY + dt.timedelta(days=6))


@pytest.fixture(autouse=True)
def _clock_of_the_business():
    with timezone.override(settings.BUSINESS_TIME_ZONE):
        yield


def test_a_day_lists_what_is_delivered_made_and_received(office):
    stop = delivery()
    ManufacturingOrderFactory(name="MO/7", starts_at=at(8), at=[WorkCenterFactory(name="Saw")])
    receipt(name="P00031", vendor__name="Hill & Sons")
    delivery(order="S00999", run__day=NEXT)

    text = page(office)

    for said in ("S00417 Maria Alvarez", "MO/7", "P00031 Hill", str(stop.run.truck), "08:00"):
        assert said in text
    assert text.count('class="entry kind-') == 3
    assert "S00999" not in text
    for kind, word in (("delivery", "Delivery"), ("production", "Production")):
        assert f"kind-{kind}" in text
        assert f"</span> {word}</span>" in text


def test_kinds_are_chosen_and_the_address_keeps_them(office):
    delivery()
    receipt(name="P00031")

    text = page(office, kinds="receipt")

    assert "S00417" not in text
    assert "P00031" in text
    assert "view=month&amp;day=" in text
    assert text.count("kinds=receipt") > 4
    assert "S00417" in page(office, kinds="nonsense")
    assert "Work centres" not in text


@pytest.mark.parametrize(
    ("view", "day", "first", "last"),
    [
        ("day", "2026-11-25", "2026-11-25", "2026-11-25"),
        ("week", "2026-11-25", "2026-11-23", "2026-11-29"),
        ("line", "2026-11-25", "2026-11-23", "2026-11-29"),
        ("month", "2026-11-25", "2026-10-26", "2026-12-06"),
        ("month", "2026-12-31", "2026-11-30", "2027-01-03"),
    ],
)
def test_a_view_has_its_days(office, time_machine, view, day, first, last):
    time_machine.move_to("2026-11-22T12:00:00-05:00", tick=False)

    asked = office.get("/calendar/", {"view": view, "day": day}).context["asked"]

    assert (str(asked.days.first), str(asked.days.last)) == (first, last)
    assert asked.before < asked.day < asked.after
    assert len(list(asked.days)) in {1, 7, 35, 42}


def test_what_was_long_ago_is_found_page_by_page(office):
    delivery(order="S00011", run__day=dt.date(2024, 2, 14))

    shown = office.get("/calendar/?view=month&day=2024-03-05")

    assert "March 2024" in shown.text
    before = office.get("/calendar/?" + shown.context["before"])
    assert "February 2024" in before.text
    assert "S00011" in before.text


@pytest.mark.parametrize(
    "query", ["", "day=nonsense&view=year", "day=0001-01-01", "day=9999-12-31"]
)
def test_nonsense_in_the_address_is_the_week_of_today(office, query):
    asked = office.get(f"/calendar/?{query}").context["asked"]

    assert (asked.view, asked.day) == ("week", timezone.localdate())


def test_an_empty_calendar_says_what_to_do(office, signed_in):
    assert "Put deliveries on a truck" in page(office)
    text = page(signed_in(Role.PRODUCTION))
    assert "Put deliveries on a truck" not in text
    assert "ordered in Odoo, under Manufacturing" in text


def test_a_closed_day_says_why(office):
    Closure.objects.create(first_day=DAY, last_day=DAY, name="Fair")
    empty = page(office, view="week")
    delivery(run__day=DAY)
    full = page(office, view="week")

    assert "closed: Fair" in empty
    assert "Nothing is planned on these days." in empty
    assert "closed: Fair" in full
    assert "Nothing is planned on these days." not in full


def test_a_production_stands_on_each_of_its_days_and_says_when_it_ends(office):
    ManufacturingOrderFactory(starts_at=at(20), ends_at=at(9, day=NEXT))

    agenda = agenda_of(Days(DAY, NEXT), kinds=ALL, now=now())

    assert [len(one.entries) for one in agenda.days] == [1, 1]
    assert f">20:00\N{EN DASH}{NEXT:%a} {NEXT.day} {NEXT:%b} 09:00<" in page(office)
    assert ">goes on\N{EN DASH}09:00<" in page(office, day=NEXT)
    assert [len(one.entries) for one in agenda_of(WEEK, kinds=ALL, now=now()).days][2:] == [0] * 5
    ManufacturingOrder.objects.update(ends_at=at(0, day=NEXT))
    assert on()[0].last_day == DAY


def test_rows_are_trucks_work_centres_and_receipts_each_once():
    stop, idle = delivery(), TruckFactory()
    ManufacturingOrderFactory(starts_at=at(8), at=[WorkCenterFactory(name="Kiln"), None])
    WorkCenterFactory(name="Old", active=False)
    stop.run.truck.is_active = False
    stop.run.truck.save()
    receipt()

    names = [row.name for row in rows_of(on())]

    assert names == [str(idle), str(stop.run.truck), "Kiln", "No work centre", "Receipts"]


@pytest.mark.parametrize("number", [1, 12])
def test_it_takes_the_same_queries_however_much_there_is(django_assert_num_queries, number):
    for _ in range(number):
        line = SaleOrderLineFactory(order=delivery().job.order)
        ManufacturingOrderFactory(starts_at=at(8), order_line=line, at=[WorkCenterFactory()])
        receipt()

    # deliveries; productions with promises, steps, promised states and deliveries that wait;
    # purchases with promises, lines and promised states; closed days
    with django_assert_num_queries(14):
        agenda = agenda_of(WEEK, kinds=ALL, now=now())

    assert len(agenda.days[0].entries) == 3 * number


def test_what_does_not_fit_is_said_so(office, monkeypatch):
    for module in (calendar_deliveries, calendar_productions, calendar_receipts):
        for name in ("deliveries_within", "productions_within", "receipts_within"):
            if function := getattr(module, name, None):
                monkeypatch.setitem(function.__kwdefaults__, "most", 1)
    delivery()
    delivery(order="S00418")
    ManufacturingOrderFactory.create_batch(2, starts_at=at(8))
    receipt()
    receipt()

    assert "There is more than is shown here" in page(office)
    for kind in ("delivery", "production", "receipt"):
        assert "There is more" in page(office, kinds=kind)
        assert page(office, kinds=kind).count('class="entry kind-') == 1


def test_the_page_says_how_full_each_work_centre_is(office):
    daily = hours_of(*((weekday, 8, 16) for weekday in range(7)))
    kiln, saw = bench(daily, name="Kiln"), bench(daily, name="Saw")
    work(kiln, at(8), at(16), minutes=600)
    work(saw, at(8), at(16), minutes=60)

    day, week, month = (page(office, view=view) for view in ("day", "week", "month"))

    assert day.count("<meter") == 2
    assert week.count("<meter") == 14
    for text in (day, week, month):
        assert "✕ 125 % too much" in text
    assert month.count("<meter") == 1
    assert month.count("Nothing is too full") == 1
    assert "<meter" not in page(office, kinds="receipt")


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_takes_the_same_queries_however_much(office, django_assert_num_queries, number):
    for _ in range(number):
        delivery()
        work(bench(hours_of((0, 8, 16))), at(8), at(16))
        receipt()
    address = f"/calendar/?view=month&day={DAY}"

    # session, person, business; fourteen for the list but for the deliveries that wait; work
    # centres, their steps, productions, promises, hours and times off
    with django_assert_num_queries(22):
        text = office.get(address, headers=PARTIAL).text

    assert text.count('class="entry kind-delivery') == number
