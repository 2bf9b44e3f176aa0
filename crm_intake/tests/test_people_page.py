"""One person's page: what is seen there, and what the office does."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_intake.events import Fate
from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import (
    Attachment,
    Call,
    Conversation,
    LedgerEvent,
    Message,
    Note,
    OfficeTask,
    OutgoingText,
    Person,
)
from crm_intake.selectors.thread import MOST
from crm_intake.tests.talk import ANN, HTMX, NOON, delivery, page_of, post, text_out
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db


def test_the_page_shows_all_that_was_said(office, ann):
    text_out(ann)
    Call.objects.create(
        provider="quo",
        event_key="c2",
        delivery=delivery(),
        person=ann,
        outgoing=True,
        seconds=95,
        summary="They want oak.",
        occurred_at=NOON,
    )
    Call.objects.create(
        provider="quo", event_key="c3", delivery=delivery(), person=ann, occurred_at=NOON
    )

    page = office.get(page_of(ann)).text

    for words in (
        "Do you have 2 cords of oak?",
        "Missed call",
        "Quo&#x27;s own app",
        "We called",
        "2 minutes",
        "They want oak.",
        "They called",
        "This is a landline",
    ):
        assert words in page, words


def test_what_was_sent_from_here_stands_there_once_with_what_became_of_it(office, ann):
    OutgoingText.objects.create(
        number=ANN,
        person=ann,
        text="On our way.",
        purpose="DELIVERY",
        state="FAILED",
        provider="quo",
        provider_id="AC9",
        failure="30003",
        wanted_by=office.user,
    )
    text_out(ann)
    OutgoingText.objects.create(
        number=ANN,
        person=ann,
        text="Later.",
        purpose="DELIVERY",
        state="HELD",
        rule="service_hours",
        not_before=NOON,
    )

    OutgoingText.objects.create(number=ANN, person=ann, text="Soon.", purpose="REPLY")

    page = office.get(page_of(ann)).text

    assert page.count("The telephone is off or out of reach.") == 1
    assert "Quo&#x27;s own app" not in page
    assert "Too early or too late" in page
    assert "It leaves 23 Nov " in page
    assert office.user.name in page


def test_files_are_shown_or_why_they_are_not(office, ann):
    message = Message.objects.get()
    common = {"message": message, "url": "https://x.example/a", "not_before": NOON}
    kept = {"state": "KEPT", "file": "intake/a", "sha256": "0" * 64, "size": 2048}
    Attachment.objects.create(key="1", content_type="image/png", **kept, **common)
    Attachment.objects.create(key="2", content_type="application/pdf", **kept, **common)
    Attachment.objects.create(key="3", state="GONE", trouble="It is too large.", **common)

    page = office.get(page_of(ann)).text

    assert page.count("<img") == 1
    assert "File: application/pdf" in page
    assert "It is too large." in page


def test_a_long_talk_is_shown_in_parts(office, ann):
    for number in range(MOST + 5):
        text_out(ann, key=f"AD{number}", fate=Fate.SENT, code="")
    page = office.get(page_of(ann)).text
    assert "What was said before" in page

    earlier = office.get(page_of(ann), {"before": (NOON + dt.timedelta(days=-1)).isoformat()})
    assert "What was said before" not in earlier.text
    for odd in ("yesterday", "2026-11-23T17:00:00", "2026-13-45T00:00:00Z"):
        assert office.get(page_of(ann), {"before": odd}).status_code == 200


def test_who_opens_it_has_read_it_unless_they_only_look_on(office, signed_in, ann):
    assert Conversation.objects.get().unread == 2
    signed_in(Role.DIRECTOR).get(page_of(ann))
    assert Conversation.objects.get().unread == 2

    office.get(page_of(ann))

    assert Conversation.objects.get().unread == 0
    assert str(Conversation.objects.get()) == f"conversation {Conversation.objects.get().pk}"


def test_what_comes_while_the_page_is_open_is_unread_until_somebody_comes_or_answers(
    office, ann, says
):
    office.get(page_of(ann))
    says("And mulch?")

    assert "And mulch?" in office.get(page_of(ann), headers=HTMX).text
    assert Conversation.objects.get().unread == 1
    post(office, "note", ann, text="Mulch is out.")
    assert Conversation.objects.get().unread == 1

    post(office, "reply", ann, number=ANN, text="")
    assert Conversation.objects.get().unread == 1
    post(office, "reply", ann, number=ANN, text="Yes.")
    assert Conversation.objects.get().unread == 0


def test_a_reply_goes_to_the_one_door(office, ann):
    answer = post(office, "reply", ann, number=ANN, text="Yes, 2 cords.")

    text = OutgoingText.objects.get()
    assert (text.text, text.purpose, text.wanted_by) == ("Yes, 2 cords.", "REPLY", office.user)
    assert "Yes, 2 cords." in answer.text
    assert Conversation.objects.get().last_words == "Yes, 2 cords."


@pytest.mark.parametrize("data", [{"text": ""}, {"text": "x" * 1601}, {"number": "+16065550999"}])
def test_a_reply_that_is_not_right_is_shown_again(office, ann, data):
    answer = post(office, "reply", ann, **{"number": ANN, "text": "Hi", **data})

    assert answer.status_code == 422
    assert not OutgoingText.objects.exists()


def test_after_a_stop_there_is_nothing_to_write_in(office, ann, told):
    told("stop_legacy")

    page = office.get(page_of(ann)).text

    assert "No answer may go to this person." in page
    assert reverse("people:reply", args=[ann.uuid]) not in page
    assert "said stop" in page
    post(office, "reply", ann, number=ANN, text="But…")
    assert OutgoingText.objects.get().rule == SAID_STOP


def test_a_note_is_for_the_office_alone(office, ann):
    assert "Gate code" in post(office, "note", ann, text="Gate code is on the door.").text
    note = Note.objects.get()
    assert (note.written_by, str(note)) == (office.user, f"note {note.pk}")
    assert post(office, "note", ann, text="").status_code == 422
    assert not OutgoingText.objects.exists()


@pytest.mark.parametrize(
    ("said", "action", "kind", "purpose"),
    [
        ("stop", "spoken", Kind.REVOKED, ""),
        ("news", "spoken", Kind.GRANTED, Purpose.DELIVERY),
        ("sales", "signature", Kind.GRANTED, Purpose.MARKETING),
    ],
)
def test_what_somebody_said_about_texts_is_recorded(office, ann, said, action, kind, purpose):
    answer = post(
        office, "consent", ann, number=ANN, said=said, action=action, wording="On the phone."
    )

    event = LedgerEvent.objects.get()
    assert (event.kind, event.purpose, event.source) == (kind, purpose, "staff")
    assert (event.action, event.staff) == (action, office.user)
    assert event.evidence.wording == "On the phone."
    assert "On the phone." in answer.text


def test_advertising_needs_more_than_words(office, ann):
    answer = post(
        office, "consent", ann, number=ANN, said="sales", action="spoken", wording="She said so."
    )

    assert answer.status_code == 422
    assert "Advertising needs a signature" in answer.text
    assert not LedgerEvent.objects.exists()
    assert post(office, "consent", ann).status_code == 422


def test_who_has_two_numbers_chooses(office, ann):
    ann.numbers.create(number="+16065550777")
    PartnerFactory(phone="606-555-0777")

    page = office.get(page_of(ann)).text
    assert page.count("+1 606-555-0777") == 3  # known, to answer, and what was said about texts
    post(office, "reply", ann, number="+16065550777", text="Hi")
    assert OutgoingText.objects.get().number == "+16065550777"


def test_somebody_sees_to_it_until_it_is_done_and_the_next_text_opens_it_again(office, ann, told):
    assert f"{office.user.name} sees to it." in post(office, "take", ann).text
    post(office, "settle", ann)
    talk = Conversation.objects.get()
    assert (talk.assigned_to, talk.state) == (office.user, "DONE")
    assert "Nothing is open." in office.get("/inbox/").text
    assert "done" in office.get("/inbox/", {"show": "done"}).text

    def again(body):
        body["data"]["resource"]["id"] = "ACagain"
        return body

    told("message_2026", change=again)
    assert Conversation.objects.get().state == "OPEN"
    post(office, "take", ann)
    post(office, "settle", ann)
    post(office, "settle", ann)
    talk.refresh_from_db()
    assert (talk.assigned_to, talk.state) == (None, "OPEN")
    assert AuditRow.objects.filter(what__startswith="conversation").count() == 5


def test_a_question_to_the_office_is_answered_once(office, ann, told):
    def cancel(body):
        body["data"]["object"]["body"] = "CANCEL"
        return body

    told("stop_legacy", change=cancel)
    assert "Did they mean the order?" in office.get(page_of(ann)).text
    done = reverse("people:task-done", args=[OfficeTask.objects.get().pk])

    assert "Did they mean the order?" not in office.post(done, headers=HTMX).text
    first = OfficeTask.objects.get().done_at
    office.post(done, headers=HTMX)

    assert (OfficeTask.objects.get().done_at, OfficeTask.objects.get().done_by) == (
        first,
        office.user,
    )


def test_somebody_without_a_talk_has_a_page_too(office):
    nobody = Person.objects.create(name="Bea")

    page = office.get(page_of(nobody)).text

    assert "Bea" in page
    assert "Nothing was said yet." in page
    assert office.get(f"/people/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_the_thread_takes_the_same_queries_however_much_was_said(
    office, ann, many, django_assert_num_queries
):
    for number in range(many):
        text_out(ann, key=f"AE{number}", fate=Fate.SENT, code="")
        Message.objects.create(
            provider="quo",
            event_key=f"in{number}",
            delivery=delivery(),
            person=ann,
            sender=ANN,
            text="Hello",
            occurred_at=timezone.now(),
        )
    office.get(page_of(ann))
    with django_assert_num_queries(27):
        office.get(page_of(ann), headers=HTMX)
