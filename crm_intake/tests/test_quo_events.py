"""All that Quo tells beside new texts and missed calls, as events."""

import json

import pytest

from crm_intake.events import CallNews, ContactNews, Fate, MediaLink, OtherEvent
from crm_intake.quo.normalise import normalise
from crm_intake.tests.conftest import payload

TALK = "+16065550123: Two cords?\nUS123: Sure."
SUMMARY = "Wants two cords of oak.\nNext: Call back with a price."


@pytest.mark.parametrize(
    ("name", "fate", "code"),
    [
        ("sent_delivered_2026", Fate.DELIVERED, ""),
        ("sent_legacy_v3", Fate.DELIVERED, ""),
        ("sent_undelivered_2026", Fate.FAILED, "undelivered"),
        ("sent_failed_2026", Fate.FAILED, "failed"),
    ],
)
def test_what_became_of_a_text_of_ours(name, fate, code):
    event = normalise(payload(name))

    assert (event.key, event.fate, event.code) == ("message:AC-out", fate, code)
    assert (event.sender, event.recipient) == ("+15550000001", "+16065550123")
    assert event.text == "Your oak comes at 9."


def test_media_come_with_their_type_unless_they_are_no_web_address():
    event = normalise(payload("message_media_2026"))

    assert event.media == (MediaLink("https://media.example/gate.jpg", "image/jpeg"),)


@pytest.mark.parametrize("odd", [None, {}, "x", 5])
def test_odd_media_lose_no_text(odd):
    body = json.loads(payload("message_media_2026"))
    body["data"]["resource"]["media"] = odd

    assert normalise(json.dumps(body).encode()).text == "Do you have 2 cords of oak?"


def test_a_ringing_call_says_who_calls():
    event = normalise(payload("call_ringing_2026"))

    assert (event.caller, event.callee) == ("+16065550123", "+15550000001")
    assert (event.missed, event.seconds) == (False, None)


def test_a_call_of_ours_goes_the_other_way_and_is_never_missed():
    event = normalise(payload("call_outgoing_2026"))

    assert (event.caller, event.callee) == ("+15550000001", "+16065550123")
    assert (event.outgoing, event.missed, event.seconds) == (True, False, 116)
    assert event.answered_at.isoformat() == "2026-11-20T17:00:04+00:00"


def test_a_recording_names_its_call_and_its_address():
    event = normalise(payload("recording_2026"))

    assert event.key == "call:AC-call-2"
    assert event.recordings == (
        MediaLink("https://media.example/rc1.mp3?signature=x", "audio/mpeg"),
    )


@pytest.mark.parametrize(
    ("names", "field", "said"),
    [
        (["summary_2026", "summary_legacy_v4"], "summary", SUMMARY),
        (["transcript_2026", "transcript_legacy_v4"], "transcript", TALK),
    ],
)
def test_what_was_said_is_the_same_in_both_generations(names, field, said):
    for name in names:
        event = normalise(payload(name))

        assert isinstance(event, CallNews)
        assert event.key == "call:AC-call-2"
        assert getattr(event, field) == said


def test_a_summary_that_is_not_ready_says_nothing():
    body = json.loads(payload("summary_2026"))
    body["data"]["resource"] |= {"summary": None, "nextSteps": None}

    assert normalise(json.dumps(body).encode()).summary == ""


@pytest.mark.parametrize(
    ("name", "known_as", "numbers"),
    [
        ("contact_legacy_v3", "Maria Alvarez", ("(606) 555-0123",)),
        ("contact_fields_2026", "Alvarez Stoves", ("+16065550123",)),
    ],
)
def test_a_contact_is_a_name_for_numbers(name, known_as, numbers):
    assert normalise(payload(name)) == ContactNews(name=known_as, numbers=numbers)


@pytest.mark.parametrize(
    "kind",
    [
        *("contact.deleted", "task.created", "task.due_date_changed", "task.overdue"),
        *("integration.anything", "a.kind.of.next.year"),
    ],
)
def test_every_other_event_keeps_its_name(kind):
    assert normalise(json.dumps({"type": kind, "data": {}}).encode()) == OtherEvent(kind=kind)
