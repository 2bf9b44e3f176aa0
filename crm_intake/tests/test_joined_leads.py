"""Of the open leads of two people who are one, the older goes on."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.models import Call, Lead, Message, Person
from crm_intake.services import join_people
from crm_intake.services.join_people import join_number
from crm_intake.tests.talk import ANN, page_of, post
from odoo_bridge.models import LeadRecord, OutboxEntry
from odoo_bridge.selectors.leads import shown_leads
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db
BEA = "+16065550199"
REASON = "The same person has an older lead"


@pytest.fixture
def writes(told):
    """Let somebody write: ``writes(BEA, "2 cords?")``."""

    def write(number, text):
        def change(body):
            body["data"]["resource"]["id"] = f"AC{Message.objects.count()}"
            body["data"]["resource"]["text"] = text
            body["data"]["context"]["senderIdentifier"] = number
            return body

        told("message_2026", change=change)
        return Person.objects.get(numbers__number=number)

    return write


def promised():
    """Return what was promised of each lead, the oldest lead first."""
    streams = [f"lead:{one.uuid}" for one in LeadRecord.objects.order_by("pk")]
    entries = (
        OutboxEntry.objects.filter(stream__key__in=streams).select_related("stream").order_by("pk")
    )
    return [[one.command for one in entries if one.stream.key == key] for key in streams]


def still_open():
    return [one.record.lead for one in shown_leads(LeadRecord.objects.all()) if one.is_open]


def payload_of(command):
    return OutboxEntry.objects.filter(command=command).latest("pk").payload


@pytest.mark.parametrize("onto", ["older", "younger"])
def test_the_older_lead_has_the_words_of_the_younger_which_is_lost(office, writes, onto):
    ann, bea = writes(ANN, "2 cords of oak?"), writes(BEA, "Can you come on Friday?")
    writes(BEA, "Or on Monday?")
    older, younger = Lead.objects.order_by("pk")

    if onto == "older":
        post(office, "number", ann, number=BEA)
    else:
        post(office, "number", bea, number=ANN)

    assert promised() == [["RecordLead", "AddNote"], ["RecordLead", "AddNote", "CloseLead"]]
    note = payload_of("AddNote")
    assert note["about_uuid"] == str(older.record.uuid)
    assert note["text"] == (
        "It is the same person as of “Text from +1 606-555-0199” which ends by that.\n"
        "Can you come on Friday?\nOr on Monday?"
    )
    end = payload_of("CloseLead")
    assert (end["lead_uuid"], end["won"]) == (str(younger.record.uuid), False)
    assert end["reason"] == REASON
    assert still_open() == [older]
    assert {one.told_lead for one in Message.objects.all()} == {older}
    assert AuditRow.objects.get(what="lead closed").by == office.user


def test_what_they_say_next_goes_to_the_lead_that_went_on(office, writes):
    ann = writes(ANN, "2 cords of oak?")
    writes(BEA, "Can you come on Friday?")
    post(office, "number", ann, number=BEA)

    writes(BEA, "And mulch?")

    assert promised()[0] == ["RecordLead", "AddNote", "AddNote"]
    assert payload_of("AddNote")["text"].endswith("And mulch?")
    assert Lead.objects.count() == 2


def test_a_call_s_summary_goes_to_the_lead_that_went_on(office, writes, told):
    bea = writes(BEA, "Can you come on Friday?")
    told("call_answered_2026")
    post(office, "number", bea, number=ANN)

    told("summary_2026")

    assert "Summary: Wants two cords" in payload_of("AddNote")["text"]
    assert Call.objects.get().told_lead == Lead.objects.earliest("pk")
    assert promised() == [["RecordLead", "AddNote", "AddNote"], ["RecordLead", "CloseLead"]]


def test_a_lead_that_odoo_has_is_named_by_its_number_there_and_a_novel_is_cut(office, writes):
    ann = writes(ANN, "2 cords of oak?")
    writes(BEA, "oak " * 3000)
    LeadRecord.objects.filter(lead__person__numbers__number=BEA).update(odoo_id=77)

    post(office, "number", ann, number=BEA)

    text = payload_of("AddNote")["text"]
    assert ", 77 in Odoo, which ends by that." in text
    assert text.endswith("… (cut)")
    assert len(text) < 10_100


@pytest.mark.parametrize("how", ["none", "lost", "promised", "long ago"])
def test_where_one_lead_alone_is_open_nothing_is_closed(office, writes, how):
    ann = writes(ANN, "2 cords of oak?")
    if how != "none":
        writes(BEA, "Can you come on Friday?")
    bea = LeadRecord.objects.filter(lead__person__numbers__number=BEA)
    if how == "lost":
        bea.update(active=False)
    if how == "promised":
        office.post(f"/leads/{bea.get().uuid}/close/", {"lost": "1"})
    if how == "long ago":
        month = timezone.now() - dt.timedelta(days=31)
        Lead.objects.filter(record__in=bea).update(created_at=month)
    before = promised()

    post(office, "number", ann, number=BEA)

    assert promised() == before
    assert Person.objects.count() == 1


def test_where_the_joining_fails_nothing_was_promised(office, writes, monkeypatch):
    ann = writes(ANN, "2 cords of oak?")
    writes(BEA, "Can you come on Friday?")
    before = promised()

    def fails(*_args, **_words):
        raise RuntimeError("The machine died.")

    monkeypatch.setattr(join_people, "record", fails)
    with pytest.raises(RuntimeError, match="The machine died"):
        join_number(person_id=ann.pk, number=BEA, by=office.user)

    assert promised() == before
    assert len(still_open()) == 2
    assert page_of(ann) in office.get("/inbox/").text
