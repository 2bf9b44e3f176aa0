"""A customer is told of the way: once, in time, through the gate, and with an honest estimate."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm_intake.ledger.kinds import Kind
from crm_intake.models import OutgoingText
from crm_intake.services.record_consent import Evidence, record_consent
from drivers.models import DriverRules, StopAction, Tracking, WayText
from drivers.services import tell_of_way
from drivers.tests.phone import phone_of
from odoo_bridge.models import Partner
from portal.setup.selectors.profile import business_zone
from portal.testing.purchases import PurchaseOrderFactory
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import DeliveryRates, Job, Place

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")
NUMBER = "+16065550123"
YARD = {"latitude": Decimal("38.400000"), "longitude": Decimal("-82.600000")}


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be two minutes after a noon at which texts may go."""
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(12, 2), business_zone()))


def found_place(key, latitude):
    point = {"latitude": Decimal(latitude), "longitude": YARD["longitude"]}
    about = {"state": "FOUND", "source": "CENSUS", "found_at": timezone.now()}
    return Place.objects.create(key=key, address=key, **point, **about)


def reachable(stop):
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone="(606) 555-0123")
    return stop


@pytest.fixture
def stop():
    DeliveryRates.objects.create(pk=1, road_factor=Decimal("1.30"), **YARD)
    place = found_place("ten miles", "38.544700")  # 9.998 miles north of the yard
    return reachable(StopFactory(job__place=place))


@pytest.fixture
def phone(stop):
    return phone_of(stop)


def texts():
    return list(OutgoingText.objects.order_by("pk").values_list("text", flat=True))


def ago(minutes):
    return timezone.now() - dt.timedelta(minutes=minutes)


def test_a_customer_is_told_of_the_way_and_of_the_arrival(phone, stop, settings):
    settings.PUBLIC_URL = "https://yard.example"
    on_my_way, there = phone.act("ON_MY_WAY", stop), phone.act("ARRIVED", stop)

    assert phone.send(on_my_way) == [DONE]

    tracking, text = Tracking.objects.get(), OutgoingText.objects.get()
    name = f"Yardmaster: your delivery {stop.job.order.name}"
    # 10 miles by 1.3 at 30 miles an hour are 26 minutes: 12:28, rounded up
    link = f"https://yard.example/t/{tracking.token}"
    assert text.text == f"{name} is on its way, about 12:30 PM. Follow it: {link}"
    assert (text.number, text.purpose, text.state) == (NUMBER, "DELIVERY", "QUEUED")
    assert text.not_after - StopAction.objects.get().done_at == dt.timedelta(minutes=30)
    assert (text.wanted_by, len(tracking.token)) == (None, 22)

    OutgoingText.objects.update(state="SENT")
    assert phone.send(there) == [DONE]
    assert texts()[1:] == [f"{name} has arrived."]
    first, second = WayText.objects.order_by("pk")
    assert (first.expected_at.minute, second.expected_at) == (30, None)
    assert str(first) == f"ON_MY_WAY of {stop.job_id}"
    assert str(tracking) == f"tracking of {stop.job_id}"


def test_twice_is_told_once_a_day(phone, stop):
    act = phone.act("ON_MY_WAY", stop)
    assert phone.send(act, act, phone.act("ON_MY_WAY", stop)) == [DONE] * 3
    assert len(texts()) == 1

    WayText.objects.update(day=stop.run.day - dt.timedelta(days=1))
    token = Tracking.objects.get().token
    OutgoingText.objects.update(created_at=ago(60 * 30))
    assert phone.do("ON_MY_WAY", stop) == DONE, "it goes again another day"
    assert len(texts()) == 2
    assert Tracking.objects.get().token == token


def test_who_is_there_is_not_on_the_way_any_more(phone, stop):
    assert phone.do("ARRIVED", stop) == DONE
    assert phone.do("ON_MY_WAY", stop) == DONE

    [text] = texts()
    assert "has arrived" in text


@pytest.mark.parametrize(
    ("what", "details"),
    [
        ("DELIVERED", {}),
        ("REFUSED", {"reason": "Wrong wood", "goes_again": False}),
        ("NOBODY", {"reason": "Gate locked", "goes_again": True}),
    ],
)
def test_what_still_waits_is_taken_back_when_it_is_over(phone, stop, what, details):
    acts = phone.act("ON_MY_WAY", stop), phone.act("ARRIVED", stop)

    assert phone.send(*acts, phone.act(what, stop, **details)) == [DONE] * 3

    assert {one.state for one in OutgoingText.objects.all()} == {"DROPPED"}


def test_what_has_moved_on_meanwhile_goes_out(phone, stop, monkeypatch):
    """Between the look for what waits and the lock a worker may have taken it."""
    phone.do("ON_MY_WAY", stop)
    OutgoingText.objects.update(state="SENDING", handed_over_at=timezone.now())
    seen = {"WAITING": ("QUEUED", "SENDING"), "objects": OutgoingText.objects}
    monkeypatch.setattr(tell_of_way, "OutgoingText", type("Seen", (), seen))

    assert phone.do("ARRIVED", stop) == DONE
    assert OutgoingText.objects.earliest("pk").state == "SENDING"


@pytest.mark.parametrize("minutes", [31, 600])
def test_what_comes_late_tells_nobody(phone, stop, minutes):
    assert phone.do("ON_MY_WAY", stop, at=ago(minutes)) == DONE
    assert phone.do("ARRIVED", stop, at=ago(minutes)) == DONE
    assert texts() == []
    assert not Tracking.objects.exists()


def test_what_is_over_is_no_estimate(phone, stop):
    phone.do("ON_MY_WAY", stop, at=ago(29))
    [text] = texts()
    assert "is on its way. Follow it:" in text


def test_a_job_that_is_closed_tells_nobody(phone, stop):
    act = phone.act("ARRIVED", stop)
    Job.objects.update(state=Job.State.CANCELLED)
    assert phone.send(act) == [DONE]
    assert texts() == []


def test_nobody_is_told_without_a_number_and_the_driver_goes_on(phone, stop):
    Partner.objects.update(phone="")
    assert phone.do("ON_MY_WAY", stop) == DONE
    assert texts() == []


def test_what_the_gate_refuses_is_no_error_of_the_driver(phone, stop):
    evidence = Evidence(wording="no more texts")
    about = {"number": NUMBER, "kind": Kind.REVOKED, "source": "office", "action": "said so"}
    record_consent(**about, evidence=evidence)

    assert phone.do("ON_MY_WAY", stop) == DONE
    assert phone.do("ON_MY_WAY", stop) == DONE

    assert (OutgoingText.objects.get().state, WayText.objects.count()) == ("REFUSED", 1)


def test_a_text_that_could_only_go_later_is_refused(phone, stop, time_machine):
    night = dt.datetime.combine(timezone.localdate(), dt.time(23), business_zone())
    time_machine.move_to(night)
    phone.client.force_login(phone.driver)

    assert phone.do("ARRIVED", stop) == DONE
    assert OutgoingText.objects.get().rule == "too_late"


@pytest.mark.parametrize(
    ("choice", "what"), [("text_on_the_way", "ON_MY_WAY"), ("text_on_arrival", "ARRIVED")]
)
def test_a_business_may_want_none(phone, stop, choice, what):
    DriverRules.objects.create(pk=1, **{choice: False})
    phone.do("ON_MY_WAY", stop)
    phone.do("ARRIVED", stop)
    assert [one.kind for one in WayText.objects.all()] == list({"ON_MY_WAY", "ARRIVED"} - {what})


def test_it_is_reckoned_from_the_stop_that_was_done_last(phone, stop):
    for position, (latitude, minutes) in enumerate((("38.300000", 40), ("38.600000", 20)), 1):
        place = found_place(latitude, latitude)
        StopFactory(run=stop.run, job__place=place, position=position, done_at=ago(minutes))
    phone.do("ON_MY_WAY", stop)

    # from 38.6 to 38.5447 it is 3.8 miles, and by road 5: ten minutes
    assert "about 12:15 PM" in texts()[0]


@pytest.mark.parametrize("lost", ["this stop", "the yard", "the last stop"])
def test_without_a_point_there_is_no_estimate(phone, stop, lost):
    if lost == "this stop":
        Job.objects.update(place=None)
    elif lost == "the yard":
        DeliveryRates.objects.update(latitude=None, longitude=None)
    else:
        StopFactory(run=stop.run, position=1, done_at=ago(5))
    phone.do("ON_MY_WAY", stop)
    assert "is on its way. Follow it:" in texts()[0]


def test_who_gives_us_something_is_told_that_we_come_to_fetch_it():
    job = PickupFactory(state=Job.State.SCHEDULED)
    stop = reachable(StopFactory(job=job))
    phone = phone_of(stop)
    phone.do("ON_MY_WAY", stop)
    phone.do("ARRIVED", stop)
    name = f"what you return ({job.picking.name})"
    assert texts()[0].startswith(f"Yardmaster: we are on our way to fetch {name}. Follow it:")
    assert texts()[1] == f"Yardmaster: we are here to fetch {name}."

    OutgoingText.objects.update(text="x")
    WayText.objects.all().delete()
    Job.objects.update(purchase=PurchaseOrderFactory(name="P00007"))
    phone.do("ARRIVED", stop)
    assert texts()[2:] == ["Yardmaster: we are here to fetch order P00007."]


def test_the_database_keeps_it_so(phone, stop):
    phone.do("ON_MY_WAY", stop)
    told, now = WayText.objects.get(), timezone.now()
    twice = {"job": told.job, "kind": told.kind, "day": told.day}
    with pytest.raises(IntegrityError, match="told_once"), transaction.atomic():
        WayText.objects.create(**twice)
    with pytest.raises(IntegrityError, match="one_of_ours"), transaction.atomic():
        WayText.objects.update(kind="OTHER")
    with pytest.raises(IntegrityError, match="nobody_guesses"), transaction.atomic():
        Tracking.objects.update(token="1")
    with pytest.raises(IntegrityError, match="expires_after"), transaction.atomic():
        Tracking.objects.update(expires=now - dt.timedelta(days=1))
    with pytest.raises(IntegrityError, match="one_row"), transaction.atomic():
        DriverRules.objects.create(pk=2)
