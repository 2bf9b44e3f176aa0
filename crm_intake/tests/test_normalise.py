"""Quo's shapes, old and new, as one event."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_intake.errors import NotUnderstood
from crm_intake.events import CallNews, IncomingText, OtherEvent
from crm_intake.quo.normalise import normalise
from crm_intake.quo.texts import written
from crm_intake.stopper import stopper_in
from crm_intake.tests.conftest import payload

HALF_AN_ID = json.dumps(
    {"type": "message.received", "data": {"object": {"direction": "incoming", "id": "\ud83e"}}}
).encode()


@pytest.mark.parametrize(
    "name", ["message_legacy_v2", "message_legacy_v4", "message_wrapped", "message_2026"]
)
def test_a_text_is_the_same_in_every_shape(name):
    event = normalise(payload(name))

    assert isinstance(event, IncomingText)
    assert event.sender == "+16065550123"
    assert event.text == "Do you have 2 cords of oak?"
    assert event.recipient.startswith("+1")
    assert event.key.startswith("message:AC")


@pytest.mark.parametrize("name", ["call_legacy_v3", "call_legacy_v4", "call_2026"])
def test_a_missed_call_is_the_same_in_every_shape(name):
    event = normalise(payload(name))

    assert isinstance(event, CallNews)
    assert (event.caller, event.missed) == ("+16065550123", True)
    assert event.occurred_at.isoformat() == "2026-11-20T16:00:00+00:00"


def test_the_news_of_one_call_share_a_key():
    names = ["call_missed_2026", "call_2026", "voicemail_2026"]

    assert {normalise(payload(name)).key for name in names} == {"call:AC-call"}


def test_a_missed_call_is_told_at_once_without_its_caller():
    event = normalise(payload("call_missed_2026"))

    assert (event.caller, event.missed) == ("", True)


def test_a_voicemail_names_its_recording():
    assert normalise(payload("call_legacy_v3")).voicemail_url.endswith("voicemail.mp3")
    assert normalise(payload("voicemail_2026")).voicemail_url.endswith("vm26.mp3")


@pytest.mark.parametrize("status", ["answered", "forwarded", "ai-handled"])
def test_a_call_that_somebody_took_is_not_missed(status):
    body = json.loads(payload("call_2026"))
    body["data"]["resource"]["status"] = status

    assert not normalise(json.dumps(body).encode()).missed
    assert not normalise(payload("call_answered_2026")).missed


def test_what_the_business_itself_wrote_is_no_text_that_came_in():
    body = json.loads(payload("message_legacy_v2"))
    body["data"]["object"]["direction"] = "outgoing"

    assert isinstance(normalise(json.dumps(body).encode()), OtherEvent)


def test_every_other_event_keeps_its_name():
    assert normalise(payload("contact_updated")) == OtherEvent(kind="contact.updated")


def test_what_no_database_takes_is_left_out():
    body = json.loads(payload("message_legacy_v2"))
    body["data"]["object"]["body"] = "2 \x00cords"
    body["data"]["object"]["createdAt"] = "2026-11-20T16:55:52"

    event = normalise(json.dumps(body).encode())

    assert event.text == "2 cords"
    assert event.occurred_at.tzinfo


@pytest.mark.parametrize("odd", ["", "soon", 1763700000, None, "9999-12-31T23:59:59-14:00"])
def test_an_odd_time_loses_no_text(odd):
    body = json.loads(payload("message_legacy_v2"))
    body["data"]["object"]["createdAt"] = odd

    event = normalise(json.dumps(body).encode())

    assert event.text == "Do you have 2 cords of oak?"
    assert event.occurred_at is None


def test_half_a_character_loses_no_text():
    body = payload("message_legacy_v2").replace(b"2 cords", b"2 \\ud83e cords")

    assert normalise(body).text == "Do you have 2 ? cords of oak?"


@pytest.mark.parametrize("field", ["id", "direction", "createdAt", "to"])
def test_a_stop_is_heard_even_where_the_rest_cannot_be_read(field):
    body = json.loads(payload("stop_legacy"))
    body["data"]["object"].pop(field, None)
    body["data"]["object"]["createdAt"] = 5

    assert stopper_in(written(json.dumps(body).encode(), "")) == "+16065550123"


def test_a_stop_that_the_business_itself_wrote_stops_nobody():
    body = json.loads(payload("stop_legacy"))
    body["data"]["object"]["direction"] = "outgoing"

    assert stopper_in(written(json.dumps(body).encode(), "")) is None
    assert stopper_in(written(payload("contact_updated"), "")) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'{"type": "message.received", "data": null}',
        b'{"type": "message.received", "data": {"object": {"direction": "incoming", "id": 5}}}',
        b'{"type": "message.received", "data": {"object": []}}',
        HALF_AN_ID,
        b"[" * 100_000,
    ],
)
def test_what_is_of_no_known_shape_is_not_understood(body):
    with pytest.raises(NotUnderstood):
        normalise(body)

    assert stopper_in(written(body, "")) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "data", "object", "resource", "context", "id", "direction", "from"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON, st.sampled_from(["message.received", "call.completed", "call.missed"]))
def test_no_json_breaks_the_reader(data, kind):
    body = json.dumps({"type": kind, "data": data}).encode()
    try:
        event = normalise(body)
    except NotUnderstood:
        return

    assert isinstance(event, IncomingText | CallNews | OtherEvent)
