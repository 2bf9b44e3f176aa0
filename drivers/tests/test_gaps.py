"""What was wanted and is not there loses nothing: the office sees it, until it comes."""

import datetime as dt

import pytest
from django.urls import reverse

from drivers.models import Requirement, StopAction
from drivers.selectors.road import road_of
from drivers.services.decide_act import decide_act
from drivers.tests.phone import CASH, phone_of
from drivers.tests.pictures import a_picture, named
from portal.accounts.models import Role
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import Job, Stop
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
ROAD = reverse("drivers:road")


@pytest.fixture
def office(signed_in):
    return signed_in(Role.OFFICE)


def want(act, level="REQUIRED", **whom):
    return Requirement.objects.create(act=act, level=level, **whom)


def missing(stop):
    """Return what is missing on the run of the stop, by the job's name."""
    [run] = [one for one in road_of(day=stop.run.day).runs if one.run.pk == stop.run_id]
    return {
        (one.job.name if one.job else ""): [(gap.words, gap.is_required) for gap in one.gaps]
        for one in run.lacking
    }


def test_a_delivery_without_the_photo_that_was_required_counts_and_is_shown(office, phone, stop):
    claim = phone.told(stop)["claim"]
    want("PHOTO")
    assert phone.do("DELIVERED", stop, claim=claim, why="No battery") == ("APPLIED", "")
    phone.do("COLLECTED", stop, **CASH, amount="412")

    assert Stop.objects.get().done_at
    page = office.get(ROAD).text
    assert "✕ Photo missing" in page
    assert "“No battery”" in page

    phone.do("PHOTO", stop, **named(a_picture()))
    assert "missing" not in office.get(ROAD).text, "it came later"


def test_what_came_earlier_in_the_same_request_is_there(phone, stop):
    want("ARRIVED")
    want("SIGNED", "WARN")
    phone.send(phone.act("ARRIVED", stop), phone.act("DELIVERED", stop))
    phone.do("COLLECTED", stop, **CASH, amount="412")

    assert missing(stop) == {stop.job.name: [("Signature", False)]}


def test_what_is_not_over_lacks_nothing(phone, stop):
    want("PHOTO")
    phone.do("ARRIVED", stop)
    assert missing(stop) == {}


def test_money_is_missing_only_where_some_is_due(office, phone, stop):
    second = StopFactory(run=stop.run, position=1, job__picking__order__total=0)
    for one in (stop, second):
        phone.do("DELIVERED", one)
    assert missing(stop) == {stop.job.name: [("Money", False)]}

    phone.do("NOTED", stop, text="Pays on Friday", instead_of="COLLECTED")
    assert "“Pays on Friday”" in office.get(ROAD).text
    phone.do("COLLECTED", stop, **CASH | {"reason": "The rest on Friday"}, amount="12")
    assert missing(stop) == {}, "the rest was explained"


def test_where_nobody_was_only_the_photo_is_wanted_and_where_it_was_refused_nothing(phone, stop):
    second = StopFactory(run=stop.run, position=1)
    for act in ("PHOTO", "SIGNED", "NOTED", "ARRIVED", "COLLECTED"):
        want(act)
    name = stop.job.name
    phone.do("NOBODY", stop, reason="Gate locked", goes_again=True)
    phone.do("REFUSED", second, reason="Too wet", goes_again=False)

    assert missing(stop) == {name: [("Photo", True)]}


def test_a_run_that_began_unchecked_is_shown_with_the_reason(office, phone, stop):
    phone.do("STARTED", stop.run, why="Late already")
    want("LOADED", customer=stop.job.picking.order.customer)

    assert missing(stop) == {"": [("Truck check", False), ("Load check", True)]}
    assert "“Late already”" in office.get(ROAD).text
    phone.send(phone.act("VEHICLE", stop.run, defects=""), phone.act("LOADED", stop.run))
    assert missing(stop) == {}


def test_a_run_that_only_fetches_lacks_no_load_check():
    stop = StopFactory(job=PickupFactory(state=Job.State.SCHEDULED))
    want("LOADED")
    phone = phone_of(stop)
    phone.do("STARTED", stop.run)

    assert missing(stop) == {"": [("Truck check", False)]}


def test_what_the_office_decides_ends_a_stop_when_it_counts(phone, stop, person):
    want("PHOTO")
    act = phone.act("DELIVERED", stop)
    run, boss = stop.run, person(Role.OFFICE)
    unplan_job(job_id=stop.job_id, seen=0, by=boss)
    phone.send(act)
    assert missing(stop) == {}, "nobody knows yet"

    decide_act(action_id=StopAction.objects.get().pk, counts=True, note="", by=boss)
    stop.run = run
    assert missing(stop) == {stop.job.name: [("Photo", True), ("Money", False)]}


def test_what_was_refused_is_no_money(phone, stop):
    phone.do("DELIVERED", stop)
    phone.do("COLLECTED", stop, **CASH, amount="10000000")
    assert missing(stop) == {stop.job.name: [("Money", False)]}


def test_another_load_than_was_ordered_is_shown(office, phone, stop):
    move = stop.job.picking.moves.get()
    lines = [{"move": move.pk, "quantity": "2"}]
    phone.do("LOADED", stop.run, lines=lines, note="")
    lines = [{"move": move.pk, "quantity": "1.5"}]
    phone.do("LOADED", stop.run, lines=lines, note="The pile is empty")
    page = office.get(ROAD).text
    assert "not on this run any more" not in page
    assert "loaded 1.5 of 2 cord" in page
    assert "“The pile is empty”" in page

    phone.do("LOADED", stop.run, lines=[], note="")
    assert "loaded" not in office.get(ROAD).text.lower().replace("load checked", "")


def test_a_load_that_is_right_may_have_a_note(office, phone, stop):
    phone.do("LOADED", stop.run, lines=[], note="Very wet")
    assert "“Very wet”" in office.get(ROAD).text


@pytest.mark.parametrize("number", [1, 4])
def test_what_is_missing_costs_as_many_queries_for_many_stops(django_assert_num_queries, number):
    want("PHOTO", "WARN")
    for _ in range(number):
        stop = StopFactory()
        phone = phone_of(stop)
        move = stop.job.picking.moves.get()
        phone.do("LOADED", stop.run, lines=[{"move": move.pk, "quantity": "1"}])
        phone.send(phone.act("STARTED", stop.run), phone.act("DELIVERED", stop))
    with django_assert_num_queries(10):
        runs = road_of(day=stop.run.day).odd_runs
        names = {gap.words for run in runs for one in run.lacking for gap in one.gaps}
    assert len(runs) == number
    assert names == {"Truck check", "Photo", "Money"}


def test_a_day_without_gaps_says_nothing_of_them(office, phone, stop):
    phone.do("VEHICLE", stop.run, defects="")
    phone.do("STARTED", stop.run)
    assert "Missing, or different" not in office.get(ROAD).text
    assert road_of(day=stop.run.day + dt.timedelta(days=1)).odd_runs == []
