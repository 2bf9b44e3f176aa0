"""What a driver does: once, in the order of the phone, and never for somebody else."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from drivers.models import Drive, StopAction
from drivers.tests.phone import CASH, phone_of
from odoo_bridge.models import OutboxEntry
from portal.setup.selectors.profile import business_zone
from portal.testing.days import business_today
from scheduling.models import Job, Run

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")


def test_a_day_goes_in_one_request_and_each_act_is_answered(phone, stop):
    run, cash = stop.run, {**CASH, "amount": "412.00"}

    answers = phone.send(
        phone.act("STARTED", run),
        phone.act("VEHICLE", run, defects=""),
        phone.act("LOADED", run, lines=[], note=""),
        phone.act("ON_MY_WAY", stop),
        phone.act("ARRIVED", stop),
        phone.act("DELIVERED", stop),
        phone.act("COLLECTED", stop, **cash),
        phone.act("NOTED", stop, text="The gate was open."),
        phone.act("ENDED", run),
    )

    assert answers == [DONE] * 9
    stop.refresh_from_db()
    assert stop.job.state == Job.State.DONE
    assert [one.command for one in OutboxEntry.objects.order_by("seq")] == [
        "CompleteDelivery",
        "CollectPayment",
        "AddNote",
    ]
    drive = Drive.objects.get()
    assert drive.started_at <= stop.done_at <= drive.ended_at <= drive.heard_at
    assert str(drive) == f"drive of {run.pk}"
    noted = StopAction.objects.get(what="NOTED")
    assert (noted.details, noted.job, noted.phone) == (
        {"text": "The gate was open."},
        stop.job,
        phone.name,
    )
    assert str(noted) == f"NOTED {noted.submission_id}"


def test_what_is_sent_again_is_answered_alike_and_done_once(phone, stop):
    acts = [phone.act("DELIVERED", stop), phone.act("COLLECTED", stop, **CASH, amount="412")]
    bad = phone.act("COLLECTED", stop, **CASH, amount="10000000")

    first = phone.send(*acts, bad)
    second = phone.send(*acts, bad)

    assert first == second
    assert [verdict for verdict, _words in first] == ["APPLIED", "APPLIED", "REFUSED"]
    assert StopAction.objects.count() == 3
    assert OutboxEntry.objects.count() == 2


def test_an_id_that_meant_something_else_is_refused(phone, stop):
    act = phone.act("NOTED", stop, text="One")
    assert phone.send(act) == [DONE]

    for other in ({"details": {"text": "Two"}}, {"what": "ISSUE"}):
        [(verdict, words)] = phone.send({**act, **other})
        assert (verdict, words[:20]) == ("REFUSED", "This was sent before")
    assert StopAction.objects.count() == 1


def test_an_act_waits_for_the_one_before_it(phone, stop):
    first = phone.act("ARRIVED", stop)
    second = phone.act("DELIVERED", stop, after=first["id"])

    assert phone.send(second) == [("WAIT", "")]
    assert not StopAction.objects.exists()
    assert phone.send(first, second) == [DONE, DONE]


def test_the_order_is_the_phone_s_and_not_that_of_the_list(phone, stop):
    first, second = phone.act("ARRIVED", stop), phone.act("DELIVERED", stop)
    second["after"] = first["id"]

    answers = phone.post(second, first).json()["answers"]

    assert [one["id"] for one in answers] == [first["id"], second["id"]]
    assert {one["verdict"] for one in answers} == {"APPLIED"}


@pytest.mark.parametrize("ahead", [dt.timedelta(days=1), dt.timedelta(days=-1)])
def test_a_phone_with_a_wrong_clock_is_put_right(stop, ahead):
    phone = phone_of(stop)
    phone.ahead = ahead
    at = timezone.now() - dt.timedelta(hours=2)

    assert phone.do("DELIVERED", stop, at=at) == DONE

    action = StopAction.objects.get()
    assert abs(action.done_at - at) < dt.timedelta(seconds=20)
    assert abs(action.phone_at - (at + ahead)) < dt.timedelta(seconds=1)
    assert action.received_at - action.done_at > dt.timedelta(hours=1)


def test_a_clock_that_was_put_back_since_leaves_no_act_in_the_future(phone, stop):
    assert phone.do("DELIVERED", stop, at=timezone.now() + dt.timedelta(days=1)) == DONE

    action = StopAction.objects.get()
    assert action.done_at <= action.received_at


@pytest.mark.parametrize("later", [0, 1])
def test_a_clock_that_was_put_right_before_sending_moves_no_day(phone, stop, later):
    act = phone.act("DELIVERED", stop, at=dt.datetime(2002, 1, 1, tzinfo=dt.UTC))
    today = business_today()
    Run.objects.update(day=today + dt.timedelta(days=later))

    assert phone.send(act) == [DONE]

    action = StopAction.objects.get()
    yesterday = today - dt.timedelta(days=1)
    assert action.done_at == dt.datetime.combine(yesterday, dt.time(12), business_zone())
    assert action.phone_at.year == 2002


def test_what_was_done_the_evening_before_keeps_its_time(phone, stop):
    today = business_today()
    evening = dt.datetime.combine(today, dt.time(0), business_zone()) - dt.timedelta(hours=5)

    assert phone.do("VEHICLE", stop.run, at=evening) == DONE

    assert abs(StopAction.objects.get().done_at - evening) < dt.timedelta(seconds=20)


def test_a_run_begins_once_and_ends_last(phone, stop):
    begin, later = timezone.now() - dt.timedelta(hours=3), timezone.now()

    assert phone.do("STARTED", stop.run, at=begin) == DONE
    assert phone.do("STARTED", stop.run) == DONE
    assert phone.do("ENDED", stop.run, at=begin - dt.timedelta(hours=1)) == DONE
    drive = Drive.objects.get()
    assert abs(drive.started_at - begin) < dt.timedelta(seconds=20)
    assert drive.ended_at == drive.started_at, "it does not end before it began"

    assert phone.do("ENDED", stop.run, at=later) == DONE
    assert Drive.objects.get().ended_at > drive.started_at
    [run] = phone.day()
    assert run["started_at"]
    assert run["ended_at"]
    assert len(run["acts"]) == 4


def test_the_database_keeps_what_was_said(phone, stop):
    phone.do("ARRIVED", stop)
    for change in ({"details": {"a": 1}}, {"verdict": "KEPT", "words": "x"}, {"job": None}):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            StopAction.objects.update(**change)
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        StopAction.objects.all().delete()
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        StopAction.objects.create(
            submission_id=uuid.uuid4(),
            what="NOTED",
            by=phone.driver,
            done_at=timezone.now(),
            verdict="KEPT",
        )
    now = timezone.now()
    with pytest.raises(IntegrityError, match="a_drive_ends"), transaction.atomic():
        Drive.objects.update(started_at=now, ended_at=now - dt.timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_the_same_make_it_once(phone, stop):
    acts = [phone.act("DELIVERED", stop), phone.act("COLLECTED", stop, **CASH, amount="412")]

    def tab(_number):
        try:
            return [one["verdict"] for one in phone.post(*acts).json()["answers"]]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(tab, range(4)))

    assert outcomes == [["APPLIED", "APPLIED"]] * 4
    assert OutboxEntry.objects.count() == 2
