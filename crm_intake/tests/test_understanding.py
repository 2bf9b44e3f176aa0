"""From a stored delivery to a text, a person, a lead and a line of the ledger."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import (
    Call,
    Lead,
    LedgerEvent,
    Message,
    Person,
    PhoneNumber,
    WebhookDelivery,
)
from crm_intake.selectors.consent import standing_of
from crm_intake.selectors.conversations import Show, conversations
from crm_intake.services.person_of import person_of
from crm_intake.services.understand_delivery import MOST_ATTEMPTS, PAUSE
from crm_intake.tasks import understand_deliveries
from crm_intake.tests.conftest import legacy_headers, new_headers, payload
from odoo_bridge.models import LeadRecord, OutboxEntry
from portal.accounts.models import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["message_2026", "message_legacy_v2", "message_legacy_v4"])
def test_a_text_becomes_a_lead_with_number_and_text_promised_to_odoo(told, name, settings):
    settings.DEFAULT_LEAD_OWNER_ID = 7

    told(name)

    lead = Lead.objects.get()
    assert lead.person.numbers.get().number == "+16065550123"
    assert lead.message.text == "Do you have 2 cords of oak?"
    entry = OutboxEntry.objects.get()
    assert entry.command == "RecordLead"
    assert entry.payload["lead_uuid"] == str(lead.record.uuid)
    assert entry.payload["phone"] == "+16065550123"
    assert entry.payload["text"] == "Do you have 2 cords of oak?"
    assert entry.payload["owner_odoo_id"] == 7
    assert str(lead) == f"lead {lead.uuid}"
    assert str(lead.message) == f"text {lead.message.event_key}"


@pytest.mark.parametrize("told_at", ["2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "soon"])
def test_a_time_that_cannot_be_is_replaced_by_that_of_the_delivery(told, told_at):
    def change(body):
        body["data"]["resource"]["createdAt"] = told_at
        return body

    told("message_2026", change=change)

    assert Message.objects.get().occurred_at == WebhookDelivery.objects.get().received_at


def test_two_subscriptions_that_tell_of_one_text_make_one_lead(told):
    told("message_2026", "message_2026")

    assert WebhookDelivery.objects.filter(state="DONE").count() == 2
    assert (Message.objects.count(), Lead.objects.count(), OutboxEntry.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("name", ["call_legacy_v3", "call_legacy_v4", "call_2026"])
def test_a_missed_call_becomes_a_lead(told, name):
    told(name)

    lead = Lead.objects.get()
    assert lead.call.missed
    assert lead.record.name == "Missed call from +1 606-555-0123"
    assert OutboxEntry.objects.get().payload["text"].startswith("Missed call at 11:00")
    assert str(lead.call) == f"call {lead.call.event_key}"


@pytest.mark.parametrize(
    "names",
    [
        ("call_missed_2026", "call_2026"),
        ("call_2026", "call_missed_2026"),
        ("call_missed_2026", "voicemail_2026", "call_2026"),
        ("voicemail_2026", "call_missed_2026"),
    ],
)
def test_all_that_is_told_of_one_missed_call_makes_one_lead_in_any_order(told, names):
    told(*names)

    assert Call.objects.get().caller == "+16065550123"
    assert Lead.objects.get().person.numbers.get().number == "+16065550123"


def test_a_missed_call_waits_for_its_caller_and_not_for_ever(told):
    told("call_missed_2026")
    assert not Lead.objects.exists()
    Call.objects.update(created_at=timezone.now() - dt.timedelta(seconds=61))

    understand_deliveries()

    assert Lead.objects.get().person is None
    assert Lead.objects.get().record.name == "Missed call from an unknown number"


def test_a_sender_of_any_length_loses_no_text(told):
    def endless(body):
        body["data"]["context"]["senderIdentifier"] = "Anonymous " * 50
        return body

    told("message_2026", change=endless)

    assert WebhookDelivery.objects.get().state == "DONE"
    assert Lead.objects.get().record.phone.startswith("Anonymous Anonymous")


def test_a_sender_that_is_no_number_makes_a_lead_without_a_person(told, signed_in):
    def anonymous(body):
        body["data"]["context"]["senderIdentifier"] = "Anonymous"
        return body

    told("message_2026", change=anonymous)

    assert Lead.objects.get().person is None
    assert OutboxEntry.objects.get().payload["phone"] == "Anonymous"
    assert "no telephone number" in signed_in(Role.OFFICE).get("/inbox/").text


def test_a_stop_goes_to_the_ledger_and_is_no_lead(told):
    told("stop_legacy")

    event = LedgerEvent.objects.get()
    assert (event.kind, event.delivery) == ("REVOKED", WebhookDelivery.objects.get())
    assert (event.evidence.number, event.evidence.wording) == ("+16065550123", " Stop. ")
    assert event.counts_from == event.delivery.received_at
    assert Message.objects.get().is_stop
    assert not Lead.objects.exists()


def test_asking_to_start_again_is_recorded_and_brings_back_what_is_no_advertising(told):
    def start(body):
        body["data"]["object"]["body"] = "START"
        body["data"]["object"]["id"] = "ACstart"
        body["id"] = "EVstart"
        return body

    told("stop_legacy")
    told("stop_legacy", change=start)

    assert set(LedgerEvent.objects.values_list("kind", flat=True)) == {"REVOKED", "RESTART_ASKED"}
    now = standing_of("+16065550123")
    assert (now.refuses(Purpose.DELIVERY), now.refuses(Purpose.MARKETING)) == ("", SAID_STOP)


def test_other_events_are_kept_and_shown_without_effect(told, signed_in):
    told("contact_updated")

    assert WebhookDelivery.objects.get().state == "NO_EFFECT"
    assert "contact.updated" in signed_in(Role.OFFICE).get("/inbox/deliveries/").text


def test_what_cannot_be_read_is_shown_as_not_understood(quo, signed_in):
    quo(b"{", new_headers(b"{"))

    understand_deliveries()

    assert "Not understood" in signed_in(Role.OFFICE).get("/inbox/deliveries/").text


def test_a_delivery_that_breaks_us_is_set_aside_and_holds_nobody_up(told, quo, monkeypatch):
    broken = payload("message_legacy_v2")
    monkeypatch.setattr("crm_intake.services.keep_text.as_asked", lambda event: 1 / 0)
    quo(broken, legacy_headers(broken))
    told("call_2026")
    for _ in range(MOST_ATTEMPTS):
        understand_deliveries()
        assert WebhookDelivery.objects.filter(state="NEW").count() == 1
        WebhookDelivery.objects.update(tried_at=timezone.now() - 2 * PAUSE)
    understand_deliveries()

    assert Lead.objects.get().call
    kept = WebhookDelivery.objects.get(kind="")
    assert (kept.state, kept.attempts) == ("FAILED", MOST_ATTEMPTS + 1)
    assert kept.trouble == "Our bug: ZeroDivisionError"
    assert not Message.objects.exists()


def test_understanding_twice_changes_nothing(told):
    told("message_2026")

    understand_deliveries()

    assert Lead.objects.count() == 1


def test_a_number_belongs_to_one_person(told):
    told("message_2026", "call_2026")

    person = Person.objects.get()
    assert Lead.objects.get().person == person
    assert str(person) == f"person {person.pk}"
    assert str(person.numbers.get()) == "…23"


def test_two_at_once_make_one_person(monkeypatch):
    first = person_of("+16065550123")
    monkeypatch.setattr(
        PhoneNumber.objects, "select_related", lambda *_: PhoneNumber.objects.none()
    )

    assert person_of("+16065550123") == first
    assert Person.objects.count() == 1


def test_the_database_keeps_numbers_as_e164():
    with pytest.raises(IntegrityError, match="number_is_e164"):
        PhoneNumber.objects.create(number="606 555 0123", person=Person.objects.create())


def test_the_database_wants_to_know_where_a_lead_came_from():
    with pytest.raises(IntegrityError, match="a_lead_came_from_a_text_or_a_call"):
        Lead.objects.create(record=LeadRecord.objects.create())


def test_the_inbox_shows_texts_and_missed_calls_with_their_leads(told, signed_in):
    office = signed_in(Role.OFFICE)
    assert "Nothing is open." in office.get("/inbox/").text
    told("message_2026")
    assert "Do you have 2 cords of oak?" in office.get("/inbox/").text
    told("call_2026")

    page = office.get("/inbox/").text

    assert "Missed call" in page
    assert "+1 606-555-0123" in page
    assert "lead on its way to Odoo" in page
    LeadRecord.objects.update(odoo_id=876)
    assert "lead 876 in Odoo" in office.get("/inbox/", headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("number_of_texts", [1, 20])
def test_the_inbox_takes_the_same_queries_however_much_came_in(
    told, signed_in, django_assert_num_queries, number_of_texts
):
    for number in range(number_of_texts):

        def other(body, number=number):
            body["data"]["resource"]["id"] = f"AC{number}"
            body["data"]["context"]["senderIdentifier"] = f"+160655501{number:02}"
            return body

        told("message_2026", change=other)
    browser = signed_in(Role.OFFICE)

    with django_assert_num_queries(3):
        listed, is_cut = conversations(show=Show.OPEN, words="", user=browser.user, waiting={})
    assert (len(listed), is_cut) == (number_of_texts, False)


def test_a_text_of_a_megabyte_is_kept_whole_and_shown_and_promised_in_part(told, signed_in):
    def flood(body):
        body["data"]["resource"]["text"] = "oak " * 200_000
        return body

    told("message_2026", change=flood)

    assert len(Message.objects.get().text) == 800_000
    assert len(OutboxEntry.objects.get().payload["text"]) < 11_000
    browser = signed_in(Role.OFFICE)
    assert len(browser.get("/inbox/").text) < 20_000
    assert len(browser.get(f"/people/{Person.objects.get().uuid}/").text) < 20_000


def test_a_refused_post_is_told_on_the_page_of_deliveries(quo, signed_in):
    quo(payload("message_2026"), {})

    page = signed_in(Role.OFFICE).get("/inbox/deliveries/").text

    assert "1 \u00d7 no signature" in page
