"""Answers: kept words, who else is writing, and an answer that crossed with another."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Conversation, LedgerEvent, OutgoingText, Person, SavedReply, Writing
from crm_intake.services.send_text import send_text
from crm_intake.tests.talk import ANN, HTMX, page_of, post
from crm_intake.wording.placeholders import filled, placeholders
from portal.accounts.models import Role
from portal.testing.mirrors import PartnerFactory, SaleOrderFactory

pytestmark = pytest.mark.django_db


def texts():
    return list(OutgoingText.objects.values_list("text", flat=True))


def test_what_is_known_is_put_in_and_the_rest_stays():
    text = "Hello {first_name}, {Order } is {weather}. {first_name}"
    assert filled(text, {"first_name": "Ann", "order": ""}) == (
        "Hello Ann, {Order } is {weather}. Ann"
    )
    assert placeholders(text) == ["first_name", "order", "weather"]


def test_kept_words_are_put_after_what_is_written(office, ann):
    Person.objects.filter(pk=ann.pk).update(name="Ann Miller")
    SaleOrderFactory(customer=PartnerFactory(phone=ANN), name="S00041")
    saved = SavedReply.objects.create(
        title="Soon", text="{first_name}, {order} comes soon. {me} of {business}"
    )

    answer = post(office, "insert", ann, saved=saved.pk, text="Hello.", number=ANN)

    me = office.user.name
    assert f"Hello.\nAnn, S00041 comes soon. {me} of Yardmaster</textarea>" in answer.text
    assert 'id="person"' not in answer.text
    plain = office.post(f"{page_of(ann)}reply/saved/", {"saved": saved.pk, "text": ""})
    assert plain.status_code == 200
    assert 'id="person"' in plain.text
    assert "S00041 comes soon." in plain.text
    for odd in ("99", "abc", "1e9"):
        assert post(office, "insert", ann, saved=odd).status_code == 404
    assert post(office, "insert", ann).status_code == 404


def test_a_name_that_odoo_knows_is_taken(office, ann):
    PartnerFactory(phone=ANN, name="Ann of Odoo")
    saved = SavedReply.objects.create(title="Hello", text="Hello {name}")
    assert "Hello Ann of Odoo" in post(office, "insert", ann, saved=saved.pk).text


def test_of_two_customers_with_a_number_nothing_is_put_in(office, ann):
    for name in ("Ann", "Bob"):
        SaleOrderFactory(customer=PartnerFactory(phone=ANN, name=name))
    saved = SavedReply.objects.create(title="Soon", text="{name}: {order}")
    assert "{name}: {order}" in post(office, "insert", ann, saved=saved.pk).text


def test_an_answer_that_was_refused_leaves_the_talk_waiting(office, ann):
    post(office, "reply", ann, number=ANN, text=" ")
    send_text(number=ANN, text="x" * 1601, purpose=Purpose.REPLY, by=office.user)
    send_text(number=ANN, text="By itself.", purpose=Purpose.REPLY, by=None)
    assert not Conversation.objects.get().last_was_ours


def test_what_was_not_filled_in_is_not_sent(office, ann):
    answer = post(office, "reply", ann, number=ANN, text="Hello {first_name}")
    assert answer.status_code == 422
    assert "Write what {first_name} stands for" in answer.text
    assert texts() == []
    assert post(office, "reply", ann, number=ANN, text="{Oak} is {fine}").status_code == 200


def test_the_others_see_who_is_writing(office, ann, signed_in, time_machine, monkeypatch):
    told, other = [], signed_in(Role.OFFICE, name="Sue Parker")
    monkeypatch.setattr("crm_intake.services.note_writing.touch", told.append)
    assert post(other, "writing", ann).status_code == 204
    assert "Sue Parker is writing an answer." in office.get(page_of(ann)).text
    assert "is writing" not in other.get(page_of(ann)).text

    post(other, "writing", ann)
    assert told == ["inbox"]
    time_machine.move_to(timezone.now() + dt.timedelta(seconds=31))
    assert "is writing" not in office.get(page_of(ann)).text
    assert str(Writing.objects.get()).startswith("writing ")

    post(other, "reply", ann, number=ANN, text="Yes.")
    assert not Writing.objects.exists()


@pytest.fixture
def crossed(office, ann, signed_in):
    """Let Sue answer Ann while the office's page shows nothing of it."""
    other = signed_in(Role.OFFICE, name="Sue Parker")
    post(other, "reply", ann, number=ANN, text="Yes, on Thursday.", seen="0")
    return other


def test_an_answer_that_crossed_with_another_is_asked_about_first(office, ann, crossed):
    answer = post(office, "reply", ann, number=ANN, text="No, sorry.", seen="0")

    assert answer.status_code == 422
    assert "Sue Parker has answered at" in answer.text
    assert "No, sorry.</textarea>" in answer.text
    assert texts() == ["Yes, on Thursday."]

    seen = OutgoingText.objects.get().pk
    assert f'name="seen" value="{seen}"' in answer.text
    post(office, "reply", ann, number=ANN, text="No, sorry.", seen=str(seen))
    assert texts() == ["Yes, on Thursday.", "No, sorry."]
    assert post(crossed, "reply", ann, number=ANN, text="Why?", seen="0").status_code == 422


def test_ones_own_answers_and_old_ones_do_not_cross(office, ann, crossed):
    post(crossed, "reply", ann, number=ANN, text="At 10.", seen="0")
    assert len(texts()) == 2
    OutgoingText.objects.update(created_at=timezone.now() - dt.timedelta(hours=1))
    post(office, "reply", ann, number=ANN, text="No, sorry.")
    assert len(texts()) == 3


def test_the_page_knows_the_last_answer(office, ann, crossed):
    seen = OutgoingText.objects.get().pk
    assert f'name="seen" value="{seen}"' in office.get(page_of(ann)).text


def test_kept_words_are_kept_changed_and_removed(office):
    assert "None is kept yet." in office.get("/inbox/replies/").text
    new = {"title": "Soon", "text": "It\u2019s on its way, {first_name}."}
    assert office.post("/inbox/replies/keep/", new).status_code == 302
    kept = SavedReply.objects.get()
    assert (str(kept), kept.text) == ("Soon", "It's on its way, {first_name}.")

    change = {"reply_id": kept.pk, "title": "Now", "text": "Now."}
    office.post("/inbox/replies/keep/", change)
    kept.refresh_from_db()
    assert (kept.title, kept.text) == ("Now", "Now.")

    for _time in range(2):
        gone = office.post(f"/inbox/replies/{kept.pk}/forget/")
        assert gone.status_code == 302
    assert not SavedReply.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": "soon"}, "Another reply has this title"),
        ({"text": "Hello {frist_name}"}, "{frist_name} stands for nothing"),
        ({"text": "x" * 1601}, "at most 1600 characters"),
        ({"title": ""}, "This field is required."),
    ],
)
@pytest.mark.parametrize("which", ["new", "old"])
def test_what_cannot_be_kept_is_refused_in_its_place(office, wrong, why, which):
    SavedReply.objects.create(title="Soon", text="Soon.")
    old = SavedReply.objects.create(title="Now", text="Now.")
    about = {"reply_id": old.pk} if which == "old" else {}
    answer = office.post("/inbox/replies/keep/", {"title": "x", "text": "y", **wrong, **about})
    assert answer.status_code == 422
    assert why in answer.text
    assert (" open>" in answer.text) is (which == "old")
    old.refresh_from_db()
    assert old.title == "Now"


def test_nobody_is_named_where_nobody_writes(office, ann):
    assert "is writing" not in office.get(page_of(ann), headers=HTMX).text


def test_words_to_who_has_stopped_meanwhile_are_not_lost(office, ann, told):
    told("stop_legacy")
    answer = post(office, "reply", ann, number=ANN, text="x" * 1601)
    assert answer.status_code == 422
    assert "What you wrote was not sent:" in answer.text
    assert "x" * 1601 in answer.text


def test_a_word_alone_does_not_take_a_stop_back(office, ann, told):
    told("stop_legacy")
    said = {"number": ANN, "said": "news", "wording": "She said so."}

    answer = post(office, "consent", ann, **said, action="spoken")
    assert answer.status_code == 422
    assert "They have said stop." in answer.text
    assert LedgerEvent.objects.count() == 1

    assert post(office, "consent", ann, **said, action="signature").status_code == 200
    assert LedgerEvent.objects.count() == 2
