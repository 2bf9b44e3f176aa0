"""What Twilio's forms tell, at each of its doors."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_intake.errors import NotUnderstood
from crm_intake.events import Asked, Fate, IncomingText, MediaLink, OtherEvent
from crm_intake.twilio.normalise import normalise, written
from crm_intake.twilio.source import SOURCE

TEXT = {
    "MessageSid": "SM1",
    "SmsSid": "SM1",
    "AccountSid": "AC1",
    "From": "+16065550123",
    "To": "+15550000001",
    "Body": "Do you have 2 cords of oak?",
    "NumMedia": "0",
    "NumSegments": "1",
}
PICTURE = {
    "NumMedia": "2",
    "MediaUrl0": "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM1/Media/ME1",
    "MediaContentType0": "image/jpeg",
}
STATUS = {"MessageSid": "SM2", "From": "+15550000001", "To": "+16065550123"}
CALL = {"CallSid": "CA1", "From": "+16065550123", "To": "+15550000001", "Direction": "inbound"}


def told(fields, door="sms"):
    return normalise(urlencode(fields).encode(), door)


def test_a_text_tells_who_wrote_what():
    event = told(TEXT)

    assert isinstance(event, IncomingText)
    assert (event.key, event.sender, event.recipient) == (
        "message:SM1",
        "+16065550123",
        "+15550000001",
    )
    assert (event.text, event.media, event.asked) == ("Do you have 2 cords of oak?", (), None)


def test_pictures_come_as_links():
    assert told(TEXT | PICTURE).media == (MediaLink(PICTURE["MediaUrl0"], "image/jpeg"),)


@pytest.mark.parametrize("number", ["many", "-1", "999999999", ""])
def test_an_odd_number_of_pictures_loses_no_text(number):
    assert told(TEXT | {"NumMedia": number}).text == TEXT["Body"]


@pytest.mark.parametrize("asked", list(Asked))
def test_what_twilio_has_understood_itself_is_passed_on(asked):
    assert told(TEXT | {"OptOutType": asked.value}).asked is asked
    assert told(TEXT | {"OptOutType": "later"}).asked is None


def test_a_stop_that_twilio_understood_stops_whatever_the_words():
    body = urlencode(TEXT | {"Body": "alto ahi", "OptOutType": "STOP"}).encode()

    assert written(body, "sms").stops
    assert not written(urlencode(TEXT).encode(), "sms").stops


def test_only_texts_were_written_by_somebody():
    assert written(urlencode(TEXT).encode(), "status") is None
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
    event = told(STATUS | {"MessageStatus": status, "ErrorCode": "30003"}, "status")

    assert (event.key, event.fate, event.code) == ("message:SM2", fate, code)
    assert event.recipient == "+16065550123"


@pytest.mark.parametrize("status", ["queued", "sending", "accepted", "scheduled", "of next year"])
def test_a_status_on_the_way_has_no_effect(status):
    event = told(STATUS | {"SmsStatus": status}, "status")

    assert event == OtherEvent(kind=f"message {status}")


@pytest.mark.parametrize(
    ("fields", "missed", "seconds"),
    [
        ({"CallStatus": "ringing"}, False, None),
        ({"CallStatus": "no-answer"}, True, None),
        ({"CallStatus": "completed", "CallDuration": "61"}, False, 61),
        ({"CallStatus": "completed", "DialCallStatus": "busy"}, True, None),
        ({"CallStatus": "in-progress", "DialCallStatus": "completed"}, False, None),
        ({"CallStatus": "no-answer", "Direction": "outbound-api"}, False, None),
    ],
)
def test_a_call_is_missed_when_nobody_took_it(fields, missed, seconds):
    event = told(CALL | fields, "voice")

    assert (event.key, event.missed, event.seconds) == ("call:CA1", missed, seconds)


def test_a_recording_comes_with_its_call():
    event = told(CALL | {"RecordingUrl": "https://api.twilio.com/r", "RecordingSid": "RE"}, "voice")

    assert [link.url for link in event.recordings] == ["https://api.twilio.com/r"]


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
