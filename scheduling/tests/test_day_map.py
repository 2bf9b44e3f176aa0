"""The map of a day: which runs it shows, how far they go, and what no map can show."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.yard import JobFactory, RunFactory, StopFactory, TruckFactory
from scheduling.models import DeliveryRates, Job, Run, Stop
from scheduling.models.point import Point
from scheduling.selectors import day_map as maps
from scheduling.selectors.day_map import day_map
from scheduling.tests.conftest import BOARD_DAY as DAY
from scheduling.tests.conftest import PARTIAL
from scheduling.tests.mapping import EAST, NORTH, job_at, known, plan_day

pytestmark = pytest.mark.django_db
ADDRESS = f"{reverse('scheduling:day-map')}?day={DAY}"


def test_runs_are_shown_with_their_stops_in_order():
    plan_day(DAY)
    first, second = day_map(day=DAY).runs

    assert [str(run.run.truck) for run in (first, second)] == ["YARD 01", "YARD 02"]
    assert [(stop.number, stop.customer) for stop in first.stops] == [
        (1, "Maria Alvarez"),
        (2, "A. Whitfield"),
        (3, "Priya Raman"),
    ]
    assert first.stops[0].point == Point(NORTH, EAST)
    assert (first.colour, first.line, second.colour) == (1, 1, 2)


def test_miles_go_from_the_yard_by_the_stops_and_back():
    # A degree of latitude is 69.1 miles: up one, up another, back home.
    DeliveryRates.objects.create(pk=1, latitude="38", longitude="-82")
    run = RunFactory(day=DAY)
    for position, latitude in enumerate(("39", "40")):
        StopFactory(run=run, position=position, job__place=known(latitude, latitude, "-82"))
    StopFactory(run=run, position=2, job=JobFactory(place=None, state="SCHEDULED"))

    [shown] = day_map(day=DAY).runs
    assert (str(shown.miles), [stop.number for stop in shown.lost]) == ("276.4", [3])

    DeliveryRates.objects.update(latitude=None, longitude=None)
    [shown] = day_map(day=DAY).runs
    assert shown.miles is None


def test_what_is_not_driven_to_is_not_shown_and_no_run_changes_its_colour():
    plan_day(DAY)
    Job.objects.filter(stop__run__truck__vehicle__plate="YARD 01").update(state="CANCELLED")
    Stop.objects.filter(job__order__name="S00420").update(done_at=timezone.now())

    [run] = day_map(day=DAY).runs
    assert (str(run.run.truck), run.colour) == ("YARD 02", 2)
    assert [stop.is_done for stop in run.stops] == [True, False]


def test_no_two_of_24_runs_look_alike():
    looks = {
        (run.colour, run.line)
        for run in (maps.MapRun(run=Run(), stops=[], look=look, yard=None) for look in range(24))
    }
    assert len(looks) == 24


def test_what_waits_is_shown_if_its_place_is_known_and_only_so_much(monkeypatch):
    plan_day(DAY)
    JobFactory(place=None)
    shown = day_map(day=DAY)
    assert [(one.customer, one.number) for one in shown.waiting] == [("Waiting Wanda", 0)]
    assert not shown.is_cut

    monkeypatch.setattr(maps, "MOST_WAITING", 1)
    job_at(known("6 Elm St", NORTH, EAST), "Later", "S00431")
    shown = day_map(day=DAY)
    assert [one.customer for one in shown.waiting] == ["Waiting Wanda"]
    assert shown.is_cut


@pytest.mark.parametrize("number", [1, 20])
def test_a_day_takes_the_same_queries_however_many_runs(django_assert_num_queries, number):
    for one in range(number):
        place = known(f"{one} Oak St", NORTH, EAST)
        run = RunFactory(day=DAY)
        StopFactory(run=run, job__place=place)
        StopFactory(run=run, position=1, job__place=place)
        JobFactory(place=place)
    with django_assert_num_queries(4):
        shown = day_map(day=DAY)
        assert len(shown.runs) == len(shown.waiting) == number
        assert all(stop.customer and stop.address for run in shown.runs for stop in run.stops)


def test_the_page_says_all_without_a_script(office):
    plan_day(DAY)
    Stop.objects.filter(job__order__name="S00410").update(done_at=timezone.now())
    Run.objects.filter(truck__vehicle__plate="YARD 02").update(driver=None, trip=2)
    shown = office.get(ADDRESS).text
    for words in (
        *("YARD 01", "Dale Conley · 07:00", "17:00 ·", "3 stops", "24.3 miles", "✓ delivered"),
        *("YARD 02, trip 2", "nobody drives yet", "at least 10 miles", "needs a pin"),
        *("Maria Alvarez", "S00410", "7 Bluff St", "Waiting Wanda", "1 delivery whose place"),
        *('data-latitude="38.530100"', "<title>Map of the day"),
    ):
        assert words in shown, words
    place = Job.objects.get(order__name="S00421").place
    assert shown.count(reverse("scheduling:place", args=[place.uuid])) == 2
    assert f'"?day={DAY + dt.timedelta(days=1)}"' in shown


@pytest.mark.parametrize("role", [Role.OFFICE, Role.DIRECTOR])
def test_places_are_a_link_away_though_none_needs_a_pin(signed_in, role):
    browser = signed_in(role)

    assert (places := reverse("scheduling:places")) in browser.get(ADDRESS).text
    assert browser.get(places).status_code == 200


def test_the_partial_alone_answers_what_follows_changes(office):
    answer = office.get(ADDRESS, headers=PARTIAL).text
    assert answer.lstrip().startswith('<div id="day-map"')
    assert "<html" not in answer


def test_places_that_are_not_known_yet_say_why(office):
    run = RunFactory(day=DAY, truck=TruckFactory(vehicle__plate="YARD 01"))
    nowhere = JobFactory(place=None, state="SCHEDULED", picking__destination=None)
    nobody = nowhere.order
    nobody.customer = None
    nobody.save()
    StopFactory(run=run, job=nowhere)
    looked_for = known("1 Ash St", NORTH, EAST)
    looked_for.state, looked_for.source = "TO_FIND", ""
    looked_for.latitude = looked_for.longitude = None
    looked_for.save()
    StopFactory(run=run, position=1, job__place=looked_for)

    shown = office.get(ADDRESS).text
    for words in ("no address", "being looked for", nobody.name, "Nobody has said where"):
        assert words in shown, words
    assert "An administrator says so" in shown
    assert [one.needs_pin for _, one in day_map(day=DAY).lost] == [False, False]


def test_an_administrator_is_sent_to_where_the_yard_is_said(signed_in):
    assert reverse("scheduling:prices") in signed_in(Role.ADMIN).get(ADDRESS).text.split("<main")[1]


def test_an_empty_day_says_what_to_do_and_no_day_is_today(office, monkeypatch):
    assert "Put jobs on a truck" in office.get(ADDRESS).text
    plan_day(business_today())
    monkeypatch.setattr(maps, "MOST_WAITING", 1)
    for day in ("", "?day=", "?day=nonsense", "?day=1200-01-01"):
        shown = office.get(f"/board/map{day}").text
        assert "Maria Alvarez" in shown
        assert "The oldest 1 whose place" in shown
    assert "/board/map?day=" in office.get("/board/sheets").text
