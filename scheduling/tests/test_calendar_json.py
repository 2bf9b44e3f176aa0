"""The calendar as the browser reads it: spans, clocks, and who may move what."""

import datetime as dt

import pytest

from portal.accounts.models import Role
from portal.testing.productions import ManufacturingOrderFactory, WorkCenterFactory
from portal.testing.yard import TruckFactory
from scheduling.models import Stop
from scheduling.tests.planning import DAY, ENTRIES, NEXT, at, delivery, receipt, told

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = dt.date(2027, 3, 14), dt.date(2026, 11, 1)  # clocks change in New York


def test_each_kind_has_its_times_its_rows_and_what_a_move_sends_along(office):
    stop, order = delivery(), receipt(name="P00031")
    saw = WorkCenterFactory(name="Saw")
    made = ManufacturingOrderFactory(name="MO/7", starts_at=at(8), at=[saw])
    Stop.objects.update(problems=[{"words": "too full", "reason": "", "certain": True}])

    found = told(office)

    brought = found[f"delivery-{stop.job_id}"]
    assert (brought["start"], brought["end"]) == (f"{DAY}T00:00:00", f"{NEXT}T00:00:00")
    assert brought["allDay"]
    assert brought["editable"]
    assert brought["seen"] == {"job": f"{stop.job_id}:0", "truck": str(stop.run.truck_id)}
    assert brought["rows"] == [f"truck-{stop.run.truck_id}"]
    assert brought["notices"] == [{"sign": "✕", "words": "too full", "level": "bad"}]
    begun = found[f"production-{made.uuid}"]
    assert (begun["start"], begun["end"]) == (f"{DAY}T08:00:00", f"{DAY}T12:00:00")
    assert begun["parts"][0]["row"] == f"center-{saw.pk}"
    assert begun["seen"]["seen_ends_at"] == made.ends_at.astimezone(dt.UTC).isoformat()
    assert begun["move"] == f"/calendar/production/{made.uuid}/move"
    assert found[f"receipt-{order.uuid}"]["allDay"]


def test_rows_come_along_and_kinds_are_chosen(office):
    truck = TruckFactory()
    delivery()
    receipt()

    answer = office.get(ENTRIES, {"start": DAY, "end": NEXT, "kinds": "receipt"}).json()

    assert [one["kind"] for one in answer["entries"]] == ["receipt"]
    assert {"id": f"truck-{truck.pk}", "title": str(truck)} in answer["rows"]
    assert answer["is_cut"] is False


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({}, "required"),
        ({"start": "x", "end": "2026-11-30"}, "valid date"),
        ({"start": "2026-11-30", "end": "2026-11-30"}, "one day at least"),
        ({"start": "2026-11-30", "end": "2026-11-01"}, "one day at least"),
        ({"start": "2026-11-01", "end": "2026-12-17"}, "45 at most"),
        ({"start": "1999-12-31", "end": "2000-01-02"}, "this century"),
        ({"start": "9999-12-30", "end": "9999-12-31"}, "this century"),
        ({"start": "2026-11-01", "end": "2026-11-30", "kinds": "x"}, "not one of"),
    ],
)
def test_nonsense_is_refused_with_words(office, span, words):
    answer = office.get(ENTRIES, span)

    assert answer.status_code == 422
    assert words in answer.json()["refusal"]


@pytest.mark.parametrize(
    ("role", "movable"),
    [
        (Role.OFFICE, {"delivery", "production", "receipt"}),
        (Role.ADMIN, {"delivery", "production", "receipt"}),
        (Role.PRODUCTION, {"production"}),
        (Role.DIRECTOR, set()),
    ],
)
def test_who_may_move_what(signed_in, role, movable):
    delivery()
    receipt()
    ManufacturingOrderFactory(starts_at=at(8))

    found = told(signed_in(role)).values()

    assert {one["kind"] for one in found} == {"delivery", "production", "receipt"}
    assert {one["kind"] for one in found if one["editable"]} == movable


def test_what_is_over_stays(office):
    delivery(done_at=at(9))
    ManufacturingOrderFactory(starts_at=at(8), state="done")

    assert [one["editable"] for one in told(office).values()] == [False, False]


def test_times_are_those_on_the_clock_of_the_business_when_it_changes(office):
    before = dt.datetime.combine(SPRING, dt.time(6, 30), dt.UTC)  # 01:30, then comes 03:00
    spring = ManufacturingOrderFactory(starts_at=before, ends_at=before + dt.timedelta(hours=1))
    twice = dt.datetime.combine(AUTUMN, dt.time(5, 45), dt.UTC)  # 01:45 for the first time
    autumn = ManufacturingOrderFactory(
        starts_at=twice, ends_at=twice + dt.timedelta(minutes=30)
    )  # 01:15 for the second time

    [shown] = told(office, SPRING, SPRING).values()
    [later] = told(office, AUTUMN, AUTUMN).values()

    assert shown["id"] == f"production-{spring.uuid}"
    assert (shown["start"], shown["end"]) == (f"{SPRING}T01:30:00", f"{SPRING}T03:30:00")
    assert later["id"] == f"production-{autumn.uuid}"
    assert (later["start"], later["end"]) == (f"{AUTUMN}T01:45:00", f"{AUTUMN}T02:15:00")


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_day_of_23_or_25_hours_has_what_happens_from_its_midnight_to_the_next(office, day):
    for moment in (at(0, day=day), at(23, 59, day=day)):
        ManufacturingOrderFactory(starts_at=moment, ends_at=moment + dt.timedelta(minutes=1))
    for moment in (at(0, day=day) - dt.timedelta(minutes=1), at(0, day=day + dt.timedelta(1))):
        ManufacturingOrderFactory(starts_at=moment, ends_at=moment + dt.timedelta(minutes=1))
    delivery(run__day=day)

    assert len(told(office, day, day)) == 3


@pytest.mark.parametrize("number", [1, 10])
def test_it_takes_the_same_queries_however_much(office, django_assert_num_queries, number):
    for _ in range(number):
        delivery()
        ManufacturingOrderFactory(starts_at=at(8), at=[WorkCenterFactory()])
        receipt()

    # session, person, business; ten for the entries; trucks and work centres
    with django_assert_num_queries(15):
        found = told(office)

    assert len(found) == 3 * number
