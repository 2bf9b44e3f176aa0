"""Where nobody took anything: the driver sees until the end of the run that he was there."""

import datetime as dt

import pytest

from drivers.models import StopAction
from drivers.services.decide_act import decide_act
from drivers.tests.phone import DAY, Phone, phone_of
from portal.accounts.models import Role
from portal.testing.yard import DriverFactory, RunFactory, StopFactory
from scheduling.models import Job, Place, PlacePhoto
from scheduling.services.plan_job import Spot, plan_job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")
QUERIES = 17


@pytest.fixture
def second(stop):
    return StopFactory(run=stop.run, position=1)


def leave(phone, stop, what="NOBODY", **about):
    said = {"reason": "Gate locked", "goes_again": True, **about}
    return phone.act(what, stop, **said)


def told_of(phone):
    return [(one["state"], one["left"]) for one in phone.day()[0]["stops"]]


def test_it_stays_on_the_day_with_what_was_said_and_asks_for_no_money(phone, stop, second):
    way, end = phone.act("ARRIVED", stop), leave(phone, stop)
    assert phone.send(way, end) == [DONE, DONE]

    [run] = phone.day()
    first, other = run["stops"]
    assert (first["state"], other["state"]) == ("LEFT", "OPEN")
    assert first["left"] == {"what": "NOBODY", "reason": "Gate locked"}
    assert (first["acts"], first["did"]) == ([way["id"], end["id"]], ["ARRIVED", "NOBODY"])
    assert (first["collect"], first["ticket"]) == ("0", None)
    assert (first["customer"], first["order"]) == (str(stop.job.customer), stop.job.name)
    assert [line["quantity"] for line in first["load"]] == ["2"]
    assert (run["acts"], run["did"]) == ([], []), "they were about the stop"


def test_it_has_one_name_however_often_the_day_is_read(phone, stop):
    phone.send(leave(phone, stop))
    first = phone.client.get(DAY)

    assert phone.client.get(DAY, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_what_is_said_of_it_afterwards_is_kept_for_the_office(phone, stop):
    phone.send(leave(phone, stop))
    [left] = phone.day()[0]["stops"]
    note = phone.act("NOTED", stop, claim=left["claim"], text="Called them")

    [(verdict, words)] = phone.send({**note, "stop": left["uuid"]})

    assert (verdict, "off your run" in words) == ("KEPT", True)
    assert told_of(phone) == [("LEFT", left["left"])]


def test_what_never_goes_again_is_told_alike(phone, stop):
    phone.send(leave(phone, stop, "REFUSED", goes_again=False))
    assert told_of(phone) == [("LEFT", {"what": "REFUSED", "reason": "Gate locked"})]


def test_what_the_office_took_off_was_not_left(phone, stop, second, person):
    phone.do("ARRIVED", stop)
    unplan_job(job_id=stop.job_id, seen=0, by=person(Role.OFFICE))
    Job.objects.filter(pk=second.job_id).update(state=Job.State.CANCELLED)

    assert told_of(phone) == [("CANCELLED", None)]


def test_what_comes_to_the_run_again_is_to_be_driven_to(phone, stop, second, person):
    phone.send(leave(phone, stop))
    run = stop.run
    spot = Spot(truck_id=run.truck_id, day=run.day, position=1)
    plan_job(job_id=stop.job_id, seen=1, spot=spot, by=person(Role.OFFICE))

    assert told_of(phone) == [("OPEN", None), ("OPEN", None)]


def test_what_goes_with_another_truck_stays_with_who_was_there(phone, stop, person):
    phone.send(leave(phone, stop))
    other = RunFactory(driver=DriverFactory())
    spot = Spot(truck_id=other.truck_id, day=other.day, position=0)
    plan_job(job_id=stop.job_id, seen=1, spot=spot, by=person(Role.OFFICE))

    assert [state for state, _left in told_of(phone)] == ["LEFT"]
    assert [state for state, _left in told_of(Phone(other.driver.user))] == ["OPEN"]


def test_it_is_not_told_the_day_after(phone, stop):
    phone.send(leave(phone, stop))
    stop.run.day -= dt.timedelta(days=1)
    stop.run.save()

    assert phone.day() == []


def test_what_was_kept_for_the_office_is_told_when_that_lets_it_count(phone, stop, person):
    end, office = leave(phone, stop), person(Role.OFFICE)
    stop.run.driver, driver = None, stop.run.driver
    stop.run.save()
    assert phone.send(end)[0][0] == "KEPT"
    stop.run.driver = driver
    stop.run.save()
    assert told_of(phone) == [("OPEN", None)]

    decide_act(action_id=StopAction.objects.get().pk, counts=True, note="", by=office)
    assert [state for state, _left in told_of(phone)] == ["LEFT"]


def test_the_day_costs_as_many_queries_however_many_were_left(django_assert_num_queries, stop):
    phone = phone_of(stop)
    place = Place.objects.create(key="k", address="2 Main St")
    PlacePhoto.objects.create(place=place, sha256="0" * 64, added_by=phone.driver)
    stops = [stop, *(StopFactory(run=stop.run, position=n) for n in range(1, 4))]
    Job.objects.update(place=place)
    phone.send(leave(phone, stops[0]))
    with django_assert_num_queries(QUERIES):
        assert len(phone.day()[0]["stops"][0]["pictures"]) == 1
    for one in stops[1:3]:
        phone.send(leave(phone, one))
    with django_assert_num_queries(QUERIES):
        assert len(phone.day()[0]["stops"]) == 4
