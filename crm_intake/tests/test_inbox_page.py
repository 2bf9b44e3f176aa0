"""The shared inbox: who is listed, found, and waits for a call."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.models import (
    Call,
    Conversation,
    Message,
    OutgoingText,
    Person,
)
from crm_intake.selectors.missed import calls_to_return, waiting_since
from crm_intake.services.note_talk import note_talk
from crm_intake.tests.talk import ANN, NOON, delivery, page_of, post, text_out

pytestmark = pytest.mark.django_db


def test_the_inbox_is_searched_by_names_numbers_and_words(office, ann):
    Person.objects.filter(pk=ann.pk).update(name="Ann Miller")
    for words in ("miller", "606 555 0123", "cords of oak", '"2 cords"'):
        assert "Ann Miller" in office.get("/inbox/", {"q": words}).text, words
    for words in ("pine", "606 555 9999", "12"):
        page = office.get("/inbox/", {"q": words}).text
        assert "Nothing has these words." in page, words


@pytest.mark.parametrize(
    ("show", "seen"), [("open", True), ("unread", True), ("mine", False), ("odd", True)]
)
def test_the_inbox_shows_what_is_asked_for(office, ann, show, seen):
    page = office.get("/inbox/", {"show": show}).text
    assert (page_of(ann) in page) is seen
    assert ("None." in page) is not seen


@pytest.mark.parametrize(("number", "is_cut"), [(60, False), (61, True)])
def test_who_is_not_listed_any_more_is_not_passed_over_in_silence(office, number, is_cut):
    for one in range(number):
        note_talk(Person.objects.create(name=f"Ann {one}"), "Oak?", ours=False)

    page = office.get("/inbox/").text

    assert page.count("data-row") == 60
    assert ("There are more than are shown here" in page) is is_cut


@pytest.mark.parametrize(
    "how", ["called", "answered", "wrote there", "texted", "closed", "long ago", "no number"]
)
def test_who_was_missed_waits_until_somebody_has_answered(office, ann, how, time_machine):
    [missed] = calls_to_return()
    assert "not called back for" in office.get("/inbox/", {"show": "missed"}).text
    later = missed.occurred_at + dt.timedelta(minutes=5)
    call = {"provider": "quo", "event_key": "x", "delivery": delivery(), "occurred_at": later}
    if how == "called":
        Call.objects.create(**call, person=ann, outgoing=True)
    if how == "answered":
        Call.objects.create(**call, person=ann, answered_at=later)
    if how == "wrote there":
        Message.objects.filter(pk=text_out(ann).pk).update(occurred_at=later)
    if how == "texted":
        OutgoingText.objects.create(
            number=ANN, person=ann, text="Hi", state="SENT", wanted_by=office.user
        )
    if how == "closed":
        post(office, "settle", ann)
    if how == "long ago":
        time_machine.move_to(missed.occurred_at + dt.timedelta(days=15))
    if how == "no number":
        Call.objects.update(person=None)

    assert not calls_to_return().exists()
    assert waiting_since() == {}


@pytest.mark.parametrize("by", ["itself", "somebody"])
def test_a_text_that_went_by_itself_is_no_answer_to_a_missed_call(office, ann, by):
    [missed] = calls_to_return()
    later = missed.occurred_at + dt.timedelta(minutes=1)
    OutgoingText.objects.create(
        number=ANN,
        person=ann,
        text="Sorry that we missed you.",
        state="DELIVERED",
        provider="quo",
        provider_id="AC9",
        wanted_by=office.user if by == "somebody" else None,
    )
    Message.objects.filter(pk=text_out(ann, "AC9").pk).update(occurred_at=later)

    assert calls_to_return().exists() is (by == "itself")


def test_what_the_office_must_see_to_is_on_its_page_and_one_click_away(office, ann, told):
    def cancel(body):
        body["data"]["object"]["body"] = "CANCEL"
        return body

    told("stop_legacy", change=cancel)
    texts = {"number": ANN, "person": ann, "purpose": "REPLY", "text": "Hi"}
    OutgoingText.objects.create(**texts, state="HELD", rule="service_hours", not_before=NOON)
    OutgoingText.objects.create(
        **texts, state="UNKNOWN", handed_over_at=timezone.now() - dt.timedelta(minutes=11)
    )

    page = office.get("/").text

    for show, words in (
        ("missed", "1</b> to call back"),
        ("unread", "1</b> not read yet"),
        ("held", "1</b> held until"),
        ("held", "1</b> of which nobody knows"),
        ("tasks", "1</b> who stopped texts"),
    ):
        assert words in page, words
        assert f'href="/inbox/?show={show}"' in page
        assert page_of(ann) in office.get("/inbox/", {"show": show}).text


def test_texts_from_no_number_stand_below(office, told):
    def anonymous(body):
        body["data"]["context"]["senderIdentifier"] = "Anonymous"
        return body

    told("message_2026", change=anonymous)

    page = office.get("/inbox/").text
    assert "From no telephone number" in page
    assert "Anonymous" in page


def test_nobody_is_talked_with_where_nobody_is_known():
    note_talk(None, "Hello", ours=False)
    assert not Conversation.objects.exists()
