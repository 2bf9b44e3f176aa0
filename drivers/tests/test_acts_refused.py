"""What a driver did that cannot count, or that the office has overtaken: nothing is lost."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection

from drivers.models import Drive, StopAction
from drivers.services import take_act as taking
from drivers.tests.phone import ACTS, CASH, Phone, phone_of
from odoo_bridge.models import Move, OutboxEntry
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.testing.yard import DriverFactory, StopFactory
from scheduling.models import Job
from scheduling.services.plan_job import Spot, plan_job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")


def test_another_driver_s_stop_is_refused_and_changes_nothing(phone, stop):
    other = StopFactory()
    theirs = phone_of(other).told(other)["claim"]

    answers = phone.send(
        phone.act("DELIVERED", other, claim=theirs),
        phone.act("DELIVERED", other, claim=phone.told(stop)["claim"][:-1] + "x"),
        phone.act("DELIVERED", other, claim=""),
        phone.act("STARTED", other.run),
        phone.act("ARRIVED", stop),
    )

    assert [verdict for verdict, _words in answers] == ["REFUSED"] * 4 + ["APPLIED"]
    assert "not on your run" in answers[0][1]
    other.refresh_from_db()
    assert other.done_at is None
    assert not OutboxEntry.objects.exists()
    assert StopAction.objects.filter(job=None).count() == 4


@pytest.mark.parametrize(("what", "details"), [("VEHICLE", {"defects": "Brakes"}), ("STARTED", {})])
def test_a_run_that_was_given_to_another_driver_is_called_so(phone, stop, what, details):
    stop.run.driver = DriverFactory()
    stop.run.save()

    verdict, words = phone.do(what, stop.run, **details)

    assert (verdict, words[:31]) == ("REFUSED", "This run is not yours any more.")


def test_the_phone_of_who_had_a_run_before_is_not_heard_as_the_run_s(phone, stop):
    act = phone.act("ARRIVED", stop)
    stop.run.driver = DriverFactory()
    stop.run.save()

    [(verdict, _words)] = phone.send(act)

    assert verdict == "KEPT"
    assert not Drive.objects.exists()


def test_a_claim_of_one_stop_is_no_claim_of_another(phone, stop):
    """What an act is about is in its claim alone."""
    second = StopFactory(run=stop.run, position=1)

    phone.send(phone.act("DELIVERED", second, claim=phone.told(stop)["claim"]))

    assert StopAction.objects.get().stop == stop


def test_what_was_done_at_a_stop_that_the_office_took_away_is_kept_for_it(phone, stop, person):
    act, note = phone.act("DELIVERED", stop), phone.act("NOTED", stop, text="By the shed")
    unplan_job(job_id=stop.job_id, seen=0, by=person(Role.OFFICE))

    [(verdict, words), noted] = phone.send(act, note)

    assert verdict == noted[0] == "KEPT"
    assert "The office" in words
    kept = StopAction.objects.get(what="DELIVERED")
    assert (kept.job, kept.run, kept.stop) == (stop.job, stop.run, None)
    assert Job.objects.get().state == Job.State.TO_SCHEDULE
    assert [e.command for e in OutboxEntry.objects.all()] == ["PlanDelivery"]


def test_acts_stay_when_the_office_takes_their_stop_away(phone, stop, person):
    assert phone.do("ON_MY_WAY", stop) == DONE

    unplan_job(job_id=stop.job_id, seen=0, by=person(Role.OFFICE))

    action = StopAction.objects.get()
    assert (action.stop, action.job) == (None, stop.job)


def test_a_stop_that_was_given_to_another_driver_is_the_office_s_to_decide(phone, stop):
    act = phone.act("DELIVERED", stop)
    stop.run.driver = DriverFactory()
    stop.run.save()

    assert phone.send(act)[0][0] == "KEPT"
    stop.run.driver = None
    stop.run.save()
    assert phone.send({**act, "id": str(uuid.uuid4())})[0][0] == "KEPT"


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.CANCELLED])
def test_a_stop_that_is_closed_already_is_the_office_s_to_decide(phone, stop, state):
    Job.objects.update(state=state)

    verdict, words = phone.do("DELIVERED", stop)

    assert (verdict, f"is {state.lower()} already" in words) == ("KEPT", True)
    assert not OutboxEntry.objects.exists()


def test_a_load_that_was_changed_meanwhile_is_the_office_s_to_decide(phone, stop):
    act = phone.act("DELIVERED", stop)
    Move.objects.update(demand=1)

    [(verdict, words)] = phone.send(act)

    assert (verdict, "was changed meanwhile" in words) == ("KEPT", True)


def test_a_move_within_the_run_changes_nothing_for_the_driver(phone, stop, person):
    StopFactory(run=stop.run, position=1)
    act, spot = phone.act("DELIVERED", stop), Spot(stop.run.truck_id, stop.run.day, position=1)
    plan_job(job_id=stop.job_id, seen=0, spot=spot, by=person(Role.OFFICE))

    assert phone.send(act) == [DONE]


@pytest.mark.parametrize(
    ("what", "details", "words"),
    [
        ("COLLECTED", {**CASH, "amount": "10000000"}, "Amount: type a number from 0.01 to"),
        ("COLLECTED", {**CASH, "amount": "-3"}, "Amount: type a number"),
        ("COLLECTED", {"amount": "-3"}, "Say whether it was cash or a check"),
        ("COLLECTED", {"method": "CHECK", "amount": "3"}, "A check has a number"),
        ("COLLECTED", {"method": "CASH", "number": "7", "amount": "3"}, "cash has none"),
        ("COLLECTED", {**CASH, "amount": "3", "reason": "x" * 201}, "Why: say it in at most 200"),
        ("REFUSED", {}, "Say why it was not taken"),
        ("NOTED", {"text": "x" * 3000}, "Words for the office: type 1 to 2000"),
        ("PHOTO", {"sha256": "no", "size": 40 * 1024 * 1024}, "Take another one"),
        ("DELIVERED", {"lines": 7}, "cannot read this (lines)"),
        ("DELIVERED", {"lines": [{"move": 1, "quantity": "many"}]}, "Quantity: type a number"),
        ("DELIVERED", {"lines": [3]}, "Quantity: type a number"),
        ("DELIVERED", {"lines": [{"move": 1, "quantity": 1}] * 2}, "A product is there twice"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field_and_kept_as_it_came(
    phone, stop, what, details, words
):
    bad, good = phone.act(what, stop, **details), phone.act("ARRIVED", stop)

    [(verdict, said), fine] = phone.send(bad, good)

    assert (verdict, fine) == ("REFUSED", DONE)
    assert words in said
    assert StopAction.objects.get(verdict="REFUSED").details == details
    assert not OutboxEntry.objects.exists()


@pytest.mark.parametrize(
    "change", [{"what": "DANCED"}, {"id": "7"}, {"at": "noon"}, {"stop": None}, {"n": -1}]
)
def test_what_is_no_act_is_answered_and_holds_up_nobody(phone, stop, change):
    bad, good = {**phone.act("ARRIVED", stop), **change}, phone.act("ARRIVED", stop)

    answers = {one["id"]: one for one in phone.post(bad, good).json()["answers"]}

    assert answers[bad["id"]]["verdict"] == "REFUSED"
    assert next(iter(change)) in answers[bad["id"]]["words"]
    assert answers[good["id"]]["verdict"] == "APPLIED"
    assert StopAction.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{", "no JSON"),
        ("[]", "a list of acts is missing"),
        ('{"acts": [3]}', "a list of acts is missing"),
        ('{"acts": []}', "driver:"),
        (json.dumps({"acts": [{}] * 51}), "at most 50"),
        (" " * 300_000, "at most 256 kB"),
    ],
)
def test_what_is_no_request_is_refused_as_a_whole(phone, body, words):
    answer = phone.client.post(ACTS, body, content_type="application/json")

    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_who_signs_in_on_the_phone_does_not_send_another_s_acts(phone, stop):
    act = phone.act("DELIVERED", stop)
    other = Phone(DriverFactory().user)

    answer = other.post(act, driver=phone.driver.pk)

    assert answer.status_code == 409
    assert not StopAction.objects.exists()


def test_an_act_that_cannot_be_taken_yet_holds_up_nobody(phone, stop, monkeypatch):
    def trouble(*_args):
        raise DatabaseError

    second = StopFactory(run=stop.run, position=1)
    bad, good = phone.act("DELIVERED", stop), phone.act("ARRIVED", second)
    monkeypatch.setitem(taking.OF_STOPS, "DELIVERED", trouble)

    assert phone.send(bad, good) == [("WAIT", ""), ("APPLIED", "")]
    monkeypatch.undo()
    assert phone.send(bad) == [("APPLIED", "")]


def test_letters_that_no_database_keeps_are_left_out(phone, stop):
    act = phone.act("NOTED", stop, text="Half an emoji \ud83d and\0nothing")

    assert phone.send(act) == [("APPLIED", "")]
    assert StopAction.objects.get().details == {"text": "Half an emoji ? andnothing"}


def test_an_act_that_says_too_much_is_refused(phone, stop):
    act = phone.act("NOTED", stop, text="x" * 40_000)

    [(verdict, words)] = phone.send(act)

    assert (verdict, words) == ("REFUSED", "This is longer than 32 kB. Say it in fewer words.")


@pytest.mark.django_db(transaction=True)
def test_a_driver_who_delivers_while_the_office_moves_the_stop_loses_nothing(phone, stop, person):
    office, run = person(Role.OFFICE), stop.run
    spot = Spot(truck_id=run.truck_id, day=run.day, position=0)
    act = phone.act("DELIVERED", stop)

    def deed(number):
        try:
            if number == 0:
                return phone.send(act)[0][0]
            if number % 2:
                plan_job(job_id=stop.job_id, seen=0, spot=spot, by=office)
            else:
                unplan_job(job_id=stop.job_id, seen=0, by=office)
        except UserFacingError:
            pass
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(5) as pool:
        [verdict, *_office] = pool.map(deed, range(5))

    stop.job.refresh_from_db()
    assert verdict == StopAction.objects.get().verdict
    assert verdict in {"APPLIED", "KEPT"}
    assert (stop.job.state == Job.State.DONE) == (verdict == "APPLIED")
