"""What Twilio's forms tell, at each of its doors."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_intake.errors import NotUnderstood
from crm_intake.events import Asked, Fate, IncomingText, MediaLink, OtherEvent
from crm_intake.tests.conftest import fields, form
from crm_intake.twilio.normalise import normalise, written
from crm_intake.twilio.source import SOURCE

NUMBER_ONE = f"{1:032d}"


def told(name, door="sms", **changed):
    """Return what a form of Twilio's tells, with some of its fields changed."""
    return normalise(urlencode(fields(name) | changed).encode(), door)


def test_a_text_tells_who_wrote_what():
    event = normalise(form("sms"), "sms")

    assert isinstance(event, IncomingText)
    assert (event.key, event.sender, event.recipient) == (
        f"message:SM{NUMBER_ONE}",
        "+16065550123",
        "+15550000001",
    )
    assert (event.text, event.media, event.asked) == ("Do you have 2 cords of oak?", (), None)


def test_pictures_come_as_links():
    sent = fields("mms")

    assert normalise(form("mms"), "sms").media == (
        MediaLink(sent["MediaUrl0"], "image/jpeg"),
        MediaLink(sent["MediaUrl1"], "video/mp4"),
    )


def test_a_picture_that_has_no_address_is_left_out():
    assert len(told("mms", MediaUrl1="").media) == 1


@pytest.mark.parametrize("number", ["many", "-1", "999999999", ""])
def test_an_odd_number_of_pictures_loses_no_text(number):
    assert told("mms", NumMedia=number).text == "Do you have 2 cords of oak?"


@pytest.mark.parametrize("asked", list(Asked))
def test_what_twilio_has_understood_itself_is_passed_on(asked):
    assert told("stop", OptOutType=asked.value).asked is asked
    assert told("stop", OptOutType="later").asked is None


def test_a_stop_that_twilio_understood_stops_whatever_the_words():
    body = urlencode(fields("stop") | {"Body": "alto ahi"}).encode()

    assert written(body, "sms").stops
    assert not written(form("sms"), "sms").stops


def test_only_texts_were_written_by_somebody():
    assert written(form("status_sent"), "status") is None
    assert written(b"\xff", "sms") is None


@pytest.mark.parametrize(
    ("status", "fate", "code"),
    [
        ("sent", Fate.SENT, ""),
        ("delivered", Fate.DELIVERED, ""),
        ("read", Fate.DELIVERED, ""),
        ("undelivered", Fate.FAILED, "30003"),
        ("failed", Fate.FAILED, "30003"),
    ],
)
def test_a_status_is_what_became_of_a_text_of_ours(status, fate, code):
    shape = "delivered" if status == "read" else status
    event = told(f"status_{shape}", "status", MessageStatus=status)

    assert (event.key, event.fate, event.code) == (f"message:SM{2:032d}", fate, code)
    assert event.recipient == "+16065550123"


def test_only_of_a_text_that_failed_a_code_says_why():
    assert told("status_delivered", "status", ErrorCode="30003").code == ""


@pytest.mark.parametrize("status", ["queued", "sending", "accepted", "scheduled", "of next year"])
def test_a_status_on_the_way_has_no_effect(status):
    event = told("status_queued", "status", MessageStatus="", SmsStatus=status)

    assert event == OtherEvent(kind=f"message {status}")


@pytest.mark.parametrize(
    ("name", "missed", "seconds"),
    [
        ("ringing", False, None),
        ("no_answer", True, 0),
        ("completed", False, 61),
        ("dial_busy", True, None),
        ("dial_completed", False, 61),
        ("outgoing", False, 0),
    ],
)
def test_a_call_is_missed_when_nobody_took_it(name, missed, seconds):
    event = normalise(form(f"voice_{name}"), "voice")

    assert (event.key, event.missed, event.seconds) == (f"call:CA{NUMBER_ONE}", missed, seconds)


def test_who_calls_whom():
    for name, outgoing in [("ringing", False), ("outgoing", True)]:
        event = normalise(form(f"voice_{name}"), "voice")
        numbers = ["+16065550123", "+15550000001"]
        assert [event.caller, event.callee] == (numbers[::-1] if outgoing else numbers)
        assert event.outgoing is outgoing


def test_a_recording_comes_with_its_call():
    event = normalise(form("voice_recording"), "voice")

    assert [link.url for link in event.recordings] == [fields("voice_recording")["RecordingUrl"]]


@pytest.mark.parametrize(
    ("body", "door"),
    [
        (b"", "sms"),
        (b"From=%2B1", "voice"),
        (b"MessageStatus=sent", "status"),
        (b"\xff", "sms"),
        (b"MessageSid=S1", "fax"),
    ],
)
def test_what_is_of_no_known_shape_is_not_understood(body, door):
    with pytest.raises(NotUnderstood):
        normalise(body, door)


@given(st.binary(max_size=300), st.sampled_from(SOURCE.doors))
def test_no_form_breaks_the_reader(body, door):
    written(body, door)
    try:
        normalise(body, door)
    except NotUnderstood:
        return
