"""The office sees on a map how far the runs are, and where the trucks are."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from drivers.models import Drive, DriverRules, Position
from drivers.selectors.live_map import live_map
from drivers.selectors.positions import ways_of
from drivers.tests.phone import phone_of
from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.yard import DriverFactory, StopFactory
from scheduling.models import Run, Stop
from scheduling.tests.mapping import job_at, known, plan_day

pytestmark = pytest.mark.django_db
MAP = reverse("drivers:live-map")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def run():
    """The first of two runs, which began an hour ago, and whose truck was seen twice since."""
    DriverRules.objects.create(pk=1, keep_positions_days=7)
    plan_day(business_today())
    run = Run.objects.get(truck__vehicle__plate="YARD 01")
    phone_of(run).do("STARTED", run, at=timezone.now() - 60 * MINUTE)
    seen(run, minutes=20, latitude="38.1")
    seen(run, minutes=3, latitude="38.5")
    return run


def seen(run, *, minutes, latitude):
    at = timezone.now() - minutes * MINUTE
    return Position.objects.create(
        run=run, at=at, phone_at=at, latitude=latitude, longitude="-82.6", accuracy=15
    )


def page(signed_in, role=Role.OFFICE, **asked):
    return " ".join(signed_in(role).get(MAP, asked).text.split())


def test_a_truck_is_shown_where_it_was_last(signed_in, run):
    shown = page(signed_in)

    assert 'data-truck-at data-latitude="38.500000" data-longitude="-82.600000"' in shown
    assert 'to within 15 m. <span class="caption">3 minutes ago' in shown
    assert "38.100000" not in shown, "its way is rounded to a metre"
    assert "0 of 3 done" in shown
    assert "not begun yet" in shown, "the other run"


def test_a_truck_that_was_not_seen_for_an_hour_says_the_time_alone(run):
    Position.objects.update(at=timezone.now() - 61 * MINUTE)

    assert live_map(day=run.day).runs[0].minutes is None


def test_a_phone_that_is_silent_is_named(signed_in, run):
    assert "heard at" in page(signed_in)
    Drive.objects.update(heard_at=timezone.now() - 11 * MINUTE)
    assert "offline since" in page(signed_in)


@pytest.mark.parametrize("why", ["over", "not wanted", "not told"])
def test_a_truck_that_is_nobody_s_business_is_not_shown(signed_in, run, why):
    if why == "over":
        Drive.objects.update(ended_at=timezone.now())
    if why == "not wanted":
        DriverRules.objects.update(keep_positions_days=0)
    if why == "not told":
        Position.objects.all().delete()

    shown = page(signed_in)

    assert "data-truck-at" not in shown
    assert ("data-way" in shown) is (why == "over")
    assert ("over since" in shown) is (why == "over")
    assert ("The phone does not say where it is." in shown) is (why != "over")


def test_the_rest_of_a_run_is_planned_again_from_here(signed_in, run):
    Stop.objects.filter(run=run, position=0).update(done_at=timezone.now())
    shown = page(signed_in)

    board, move = reverse("scheduling:board"), reverse("scheduling:jobs-where")
    assert f"{board}?day={run.day}#lane-{run.truck_id}-1" in shown
    done, *still = run.stops.order_by("position")
    day = f"&amp;day={run.day}"
    assert [f"{move}?job={one.job_id}{day}" in shown for one in (done, *still)] == [
        *(False, True, True)
    ]
    assert move not in page(signed_in, Role.DIRECTOR)
    Stop.objects.filter(run=run).update(done_at=timezone.now())
    assert f"#lane-{run.truck_id}-1" not in page(signed_in)


def test_runs_under_way_stand_first_and_an_empty_day_says_what_to_do(signed_in, run):
    other = Run.objects.exclude(pk=run.pk).get()
    Drive.objects.update(ended_at=timezone.now())
    phone_of(other).do("STARTED", other)

    assert [one.planned.run for one in live_map(day=run.day).runs] == [other, run]
    assert "Put jobs on a truck" in page(signed_in, day="2020-01-01")


def test_what_changes_is_read_anew_as_a_part(signed_in, run):
    answer = signed_in(Role.OFFICE).get(MAP, headers={"HX-Request": "true"})

    assert answer.text.lstrip().startswith('<div id="live-map"')
    assert "changed:positions from:body throttle:10s" in answer.text


@pytest.mark.parametrize("number", [0, 4])
def test_the_map_costs_as_many_queries_for_many_runs(run, number, django_assert_num_queries):
    for n in range(number):
        stop = StopFactory(
            run__driver=DriverFactory(),
            job=job_at(known(f"{n} Elm St", "38.4", "-82.6"), "Ann", f"S1{n}", state="SCHEDULED"),
        )
        phone_of(stop).do("STARTED", stop.run)
        seen(stop.run, minutes=0, latitude="38.5")
    with django_assert_num_queries(8):
        assert len([one for one in live_map(day=run.day).runs if one.at]) == number + 1


def test_the_way_of_a_truck_is_drawn_from_first_to_last(signed_in, run):
    seen(run, minutes=10, latitude="38.3")
    Position.objects.create(
        run=run,
        at=timezone.now(),
        phone_at=timezone.now(),
        latitude=39,
        longitude=-82,
        accuracy=900,
    )

    shown = page(signed_in)

    assert 'data-way="38.10000,-82.60000 38.30000,-82.60000 38.50000,-82.60000"' in shown
    assert shown.count("data-way") == 1, "the other run was not seen"
    assert "The way that a truck took" in shown


def test_a_day_on_which_nobody_was_seen_explains_no_line(signed_in, run):
    Position.objects.all().delete()

    assert "The way that a truck took" not in page(signed_in)


@pytest.mark.parametrize(("kept", "drawn"), [(199, 199), (200, 200), (201, 200), (1900, 200)])
def test_a_long_way_is_thinned_and_keeps_both_its_ends(run, kept, drawn):
    Position.objects.all().delete()
    begins = timezone.now() - 60 * MINUTE
    moments = [begins + n * dt.timedelta(seconds=1) for n in range(kept)]
    Position.objects.bulk_create(
        Position(
            run=run,
            at=at,
            phone_at=at,
            accuracy=5,
            latitude=Decimal(38) + n * Decimal("0.0001"),
            longitude=-82,
        )
        for n, at in enumerate(moments)
    )

    way = ways_of([run.pk])[run.pk]

    assert len(way) == drawn
    last = Decimal(38) + (kept - 1) * Decimal("0.0001")
    assert (way[0].latitude, way[-1].latitude) == (Decimal(38), last)
    steps = [after.latitude - before.latitude for before, after in pairwise(way)]
    assert max(steps) - min(steps) <= Decimal("0.0001"), "evenly"
