"""A talk is whole: what came in, what went out, and what became of it."""

import pytest
from django.db import IntegrityError

from crm_intake.models import Attachment, Call, Lead, Message, Person, WebhookDelivery

pytestmark = pytest.mark.django_db


def test_a_text_written_in_quo_s_own_app_is_part_of_the_talk(told):
    told("message_2026", "sent_delivered_2026")

    came, went = Message.objects.order_by("pk")
    assert (came.direction, went.direction) == ("IN", "OUT")
    assert came.person == went.person
    assert (went.text, went.fate, went.failure_code) == ("Your oak comes at 9.", "DELIVERED", "")
    assert Lead.objects.count() == 1


@pytest.mark.parametrize(
    ("names", "fate"),
    [
        (["sent_failed_2026", "sent_delivered_2026"], "DELIVERED"),
        (["sent_delivered_2026", "sent_failed_2026"], "DELIVERED"),
        (["sent_undelivered_2026"], "FAILED"),
    ],
)
def test_what_is_told_late_takes_nothing_back(told, names, fate):
    told(*names)

    message = Message.objects.get()
    assert message.fate == fate
    assert bool(message.failure_code) == (fate == "FAILED")


def test_the_fate_of_a_text_that_came_in_is_nobody_s_business(told):
    told("message_2026")
    key = Message.objects.get().event_key.removeprefix("message:")

    def same_text(body):
        body["data"]["resource"]["id"] = key
        return body

    told("sent_delivered_2026", change=same_text)

    assert Message.objects.get().fate == ""


def test_a_call_of_ours_is_kept_with_its_length_and_is_no_lead(told):
    told("call_outgoing_2026")

    call = Call.objects.get()
    assert (call.outgoing, call.missed, call.seconds) == (True, False, 116)
    assert call.person.numbers.get().number == "+16065550123"
    assert not Lead.objects.exists()


@pytest.mark.parametrize("by_turns", [1, -1])
def test_all_that_is_told_of_a_call_comes_together_in_any_order(told, by_turns):
    names = ["call_answered_2026", "recording_2026", "summary_2026", "transcript_2026"]
    told(*names[::by_turns], "summary_2026")

    call = Call.objects.get()
    assert (call.caller, call.seconds, call.missed) == ("+16065550123", 55, False)
    assert call.summary.startswith("Wants two cords")
    assert call.transcript.endswith("Sure.")
    assert [file.url for file in call.attachments.all()] == [
        "https://media.example/rc1.mp3?signature=x"
    ]


def test_a_recording_with_another_signature_is_the_same(told):
    def signed_anew(body):
        recording = body["data"]["resource"]["recordings"][0]
        recording["url"] = recording["url"].replace("=x", "=y")
        return body

    told("recording_2026")
    told("recording_2026", change=signed_anew)

    assert str(Attachment.objects.get()).startswith("attachment ")


def test_pictures_are_noted_to_be_fetched(told):
    told("message_media_2026")

    file = Attachment.objects.get()
    assert (file.state, file.message) == ("WAITING", Message.objects.get())


def test_a_voicemail_is_noted_to_be_fetched(told):
    told("voicemail_2026")

    assert Attachment.objects.get().call == Call.objects.get()


@pytest.mark.parametrize("name", ["contact_legacy_v3", "contact_fields_2026"])
def test_a_contact_gives_a_name_to_who_has_none(told, name):
    told("message_2026", name)

    person = Person.objects.get()
    assert person.name in {"Maria Alvarez", "Alvarez Stoves"}
    told("contact_fields_2026", change=lambda body: body)
    assert Person.objects.get().name == person.name


def test_a_contact_who_never_wrote_is_nobody_here(told):
    told("contact_legacy_v3")

    assert not Person.objects.exists()
    assert WebhookDelivery.objects.get().state == "NO_EFFECT"


@pytest.mark.parametrize(
    "fields", [{"direction": "OUT", "fate": ""}, {"direction": "IN", "fate": "SENT"}]
)
def test_a_text_has_a_fate_when_it_went_out_and_only_then(told, fields):
    told("message_2026")

    with pytest.raises(IntegrityError, match="a_text_has_a_fate_when_it_went_out"):
        Message.objects.update(**fields)


def test_a_voicemail_at_a_long_signed_address_is_fetched_like_any_other(told):
    def signed(body):
        body["data"]["resource"]["recordingUrl"] = "https://media.example/vm.mp3?" + "x" * 900
        return body

    told("voicemail_2026", change=signed)

    call = Call.objects.get()
    assert call.voicemail_url == ""
    assert call.attachments.get().url.endswith("xxx")
