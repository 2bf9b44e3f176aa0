"""Calls that somebody took: which become leads, and what a lead is told of them later."""

import pytest

from crm_intake.models import Attachment, Call, Conversation, IntakeRules, Lead
from crm_intake.tests.talk import ANN
from odoo_bridge.models import LeadRecord, OutboxEntry
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db


def promised():
    entries = OutboxEntry.objects.order_by("pk").values_list("command", "payload")
    return [(command, payload["text"]) for command, payload in entries]


def test_a_stranger_who_was_talked_with_is_a_lead(told):
    told("call_answered_2026", "call_answered_2026")

    lead = Lead.objects.get()
    assert (lead.call, lead.call.told_lead) == (Call.objects.get(), lead)
    assert lead.record.name == "Call from +1 606-555-0123"
    assert promised() == [("RecordLead", "They talked at 11:00 on 20 November, 1 min.")]
    talk = Conversation.objects.get()
    assert (talk.last_words, talk.unread) == ("Call", 0)


@pytest.mark.parametrize(
    ("rule", "known", "becomes"),
    [
        ("STRANGERS", True, False),
        ("ALL", True, True),
        ("ALL", False, True),
        ("NONE", False, False),
    ],
)
def test_the_business_chooses_which_become_leads(told, rule, known, becomes):
    IntakeRules.objects.create(pk=1, leads_of_taken_calls=rule)
    if known:
        PartnerFactory(phone=ANN)
    told("call_answered_2026")
    assert Lead.objects.exists() is becomes


def test_a_call_goes_to_the_open_lead_whoever_made_it(told):
    told("message_2026", "call_outgoing_2026", "call_answered_2026")

    lead = Lead.objects.get()
    assert [command for command, _text in promised()] == ["RecordLead", "AddNote", "AddNote"]
    assert promised()[1][1] == (
        "Call to +1 606-555-0123\nThey talked at 12:00 on 20 November, 2 min."
    )
    assert {one.told_lead for one in Call.objects.all()} == {lead}


def test_our_own_call_is_no_lead(told):
    told("call_outgoing_2026")
    assert not Lead.objects.exists()


def test_a_call_that_has_not_ended_is_none_yet(told):
    told("call_ringing_2026")
    assert not LeadRecord.objects.exists()


def test_what_comes_to_light_later_goes_to_the_lead_once(told, settings):
    told("call_answered_2026", "summary_2026", "summary_2026", "recording_2026", "recording_2026")

    file = Attachment.objects.get()
    link = f"{settings.PUBLIC_URL}/inbox/files/{file.uuid}/"
    summary = "Wants two cords of oak.\nNext: Call back with a price."
    about = "About the call at 11:00 on 20 November"
    assert promised()[1:] == [
        ("AddNote", f"{about}\nSummary: {summary}"),
        ("AddNote", f"{about}\nRecording: {link}"),
    ]


def test_what_is_known_already_stands_in_the_lead(told, settings):
    told("summary_2026", "recording_2026", "call_answered_2026")

    link = f"{settings.PUBLIC_URL}/inbox/files/{Attachment.objects.get().uuid}/"
    [(_command, text)] = promised()
    assert "Summary: Wants two cords of oak." in text
    assert text.endswith(f"Recording: {link}")


def test_a_voicemail_goes_to_the_lead_of_the_missed_call(told):
    told("call_2026", "voicemail_2026")
    [_lead, (command, text)] = promised()
    assert command == "AddNote"
    assert text.startswith("About the call at 11:00 on 20 November\nVoicemail: https://")
