"""Spam makes no leads; what was taken for it by mistake loses nothing."""

from pathlib import Path

import pytest

from crm_intake.models import Call, Conversation, Lead, Message, Person
from crm_intake.services.keep_call import give_up_waiting_for_callers
from crm_intake.tests.talk import ANN, page_of, post, text_out
from crm_intake.wording.spam import looks_like_spam
from odoo_bridge.models import OutboxEntry
from portal.audit.models import AuditRow
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db
PHRASES = Path(__file__).parent / "phrases"
SPAM = (PHRASES / "spam.txt").read_text().splitlines()
WANTED = (PHRASES / "wanted.txt").read_text().splitlines()
State = Conversation.State


@pytest.mark.parametrize("text", SPAM)
def test_what_is_sent_to_everybody_is_seen(text):
    assert looks_like_spam(text)
    assert looks_like_spam("\u200b".join(text))


@pytest.mark.parametrize("text", WANTED)
def test_what_customers_write_is_no_spam(text):
    assert not looks_like_spam(text)


def test_spam_is_kept_and_is_no_lead(says, office):
    person = says(SPAM[0])

    assert (person.suspicion, Lead.objects.count()) == ("SUSPECTED", 0)
    assert page_of(person) not in office.get("/inbox/").text
    assert "May be spam" in office.get("/inbox/", {"show": "spam"}).text
    assert "what comes from here is no lead" in office.get(page_of(person)).text

    says("Hello?")
    assert not Lead.objects.exists()


def test_a_stop_counts_from_whomever_it_comes(says):
    says(SPAM[0])
    says("stop")
    assert Message.objects.filter(is_stop=True).exists()


@pytest.mark.parametrize("known", ["customer", "lead", "written to", "written to there"])
def test_who_is_known_is_not_suspected(says, known, office):
    if known == "customer":
        PartnerFactory(phone=ANN)
    else:
        person = says("2 cords of oak?")
    if known == "written to there":
        Lead.objects.update(person=None)
        text_out(person)
    if known == "written to":
        Lead.objects.update(person=None)
        post(office, "reply", person, number=ANN, text="Yes.")
    assert says(SPAM[0]).suspicion == "NONE"


def test_who_was_taken_for_spam_by_mistake_becomes_the_lead(says, office):
    person = says(SPAM[0])
    says("help")
    says("I only wanted oak")

    post(office, "judge", person, suspicion="CLEARED")

    lead = Lead.objects.get()
    assert lead.message.text == SPAM[0]
    [entry] = OutboxEntry.objects.all()
    assert entry.payload["text"] == f"{SPAM[0]}\nI only wanted oak"
    told = Message.objects.exclude(text="help").values_list("told_lead", flat=True)
    assert set(told) == {lead.pk}
    assert says(SPAM[1]).suspicion == "CLEARED"
    assert page_of(person) in office.get("/inbox/").text


def test_what_the_office_calls_spam_is_over(says, told, office):
    person = says("2 cords of oak?")
    post(office, "judge", person, suspicion="SPAM")

    talk = Conversation.objects.get()
    assert (talk.state, talk.unread) == (State.DONE, 0)
    closing = OutboxEntry.objects.get(command="CloseLead")
    assert (closing.payload["won"], closing.payload["reason"]) == (False, "Spam")
    assert AuditRow.objects.get(what="person judged").new == {"suspicion": "SPAM"}

    told("call_2026", "call_answered_2026")
    assert Lead.objects.count() == 1
    assert [one.told_lead for one in Call.objects.all()] == [None, None]
    assert "To call back <" not in office.get("/inbox/").text
    assert post(office, "judge", person, suspicion="odd").status_code == 400
    assert "This is spam" not in office.get(page_of(person)).text


def test_spam_without_a_lead_can_be_called_so(says, office):
    person = says(SPAM[0])
    post(office, "judge", person, suspicion="SPAM")
    assert not OutboxEntry.objects.exists()


def test_who_may_be_spam_is_looked_at_and_called_back(says, told, office):
    says(SPAM[0])
    assert "taken for spam: have a look" in office.get("/").text
    told("call_2026")
    assert Lead.objects.get().call.missed
    assert "not called back for" in office.get("/inbox/", {"show": "missed"}).text


def test_what_was_imported_makes_no_lead_when_somebody_is_cleared(says, office):
    person = says(SPAM[0])
    Message.objects.create(
        provider="import",
        event_key="1",
        delivery=Message.objects.get().delivery,
        person=person,
        sender=ANN,
        text="Old words",
        occurred_at="2020-01-01T12:00Z",
    )
    post(office, "judge", person, suspicion="CLEARED")
    assert OutboxEntry.objects.get().payload["text"] == SPAM[0]


def test_a_call_of_spam_is_not_waited_for(says, told, office):
    person = says(SPAM[0])
    post(office, "judge", person, suspicion="SPAM")
    told("call_2026")
    Call.objects.update(created_at="2026-11-01T12:00Z")
    assert give_up_waiting_for_callers(person.created_at) == 0


def test_somebody_who_wrote_nothing_is_cleared_without_a_lead(office):
    person = Person.objects.create(name="Bea", suspicion="SUSPECTED")
    post(office, "judge", person, suspicion="CLEARED")
    assert Person.objects.get().suspicion == "CLEARED"
    assert not Lead.objects.exists()
