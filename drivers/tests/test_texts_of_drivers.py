"""A driver writes to the customer: through the gate, soon or not at all."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.ledger.kinds import Kind
from crm_intake.models import Conversation, OutgoingText
from crm_intake.services.record_consent import Evidence, record_consent
from drivers.models import StopAction
from drivers.tests.phone import phone_of
from odoo_bridge.models import Partner
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import StopFactory

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")
NUMBER = "+16065550123"


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Let it be a noon at which texts may go."""
    day = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(day, dt.time(12), business_zone()))


@pytest.fixture
def stop():
    stop = StopFactory()
    Partner.objects.filter(pk=stop.job.picking.destination_id).update(phone="(606) 555-0123")
    return stop


@pytest.fixture
def phone(stop):
    return phone_of(stop)


def test_it_goes_out_once_and_stands_in_the_conversation(phone, stop):
    act = phone.act("TEXTED", stop, text="I am at the gate.")

    assert phone.send(act) == phone.send(act) == [DONE]

    text = OutgoingText.objects.get()
    assert (text.number, text.text, text.state) == (NUMBER, "I am at the gate.", "QUEUED")
    assert text.wanted_by == phone.driver
    assert text.not_after == StopAction.objects.get().done_at + dt.timedelta(minutes=30)
    assert Conversation.objects.get().last_words == "I am at the gate."


def test_who_wants_no_texts_gets_none_and_the_driver_is_told_why(phone, stop):
    record_consent(
        number=NUMBER,
        kind=Kind.REVOKED,
        source="office",
        action="said so",
        evidence=Evidence(wording="no more texts"),
    )

    [(verdict, words)] = phone.send(phone.act("TEXTED", stop, text="I am at the gate."))

    assert verdict == "REFUSED"
    assert words == (
        "The text was not sent. The person has asked to get no more texts. Call instead."
    )


def test_one_that_comes_late_is_not_sent(phone, stop, time_machine):
    act = phone.act("TEXTED", stop, text="I am at the gate.")
    time_machine.shift(dt.timedelta(minutes=31))

    [(verdict, words)] = phone.send(act)

    assert verdict == "REFUSED"
    assert "too late. Call" in words
    assert not OutgoingText.objects.exists()


def test_without_a_number_the_office_is_called(phone, stop):
    Partner.objects.update(phone="")

    [(verdict, words)] = phone.send(phone.act("TEXTED", stop, text="I am at the gate."))

    assert (verdict, "Call the office" in words) == ("REFUSED", True)


@pytest.mark.parametrize("text", ["", "x" * 1601])
def test_words_that_no_provider_takes_are_refused(phone, stop, text):
    [(verdict, words)] = phone.send(phone.act("TEXTED", stop, text=text))

    assert (verdict, words.startswith("Words for the customer: ")) == ("REFUSED", True)
