"""One person has one open lead; what is said more goes to it, by the business's own rule."""

import datetime as dt

import pytest
from django.utils import timezone

from crm_intake.models import Call, IntakeRules, Lead, Message, OutgoingText
from crm_intake.tests.talk import ANN
from odoo_bridge.models import LeadRecord, OutboxEntry, PurchaseOrder
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db
WORDS = "Sorry that we missed you. We will call back."


@pytest.fixture
def calls(told):
    """Let Ann call, and nobody take it: ``calls()``; just now, if nothing else is said."""

    def call(ago=dt.timedelta(minutes=1)):
        at = (timezone.now() - ago).isoformat().replace("+00:00", "Z")

        def change(body):
            body["data"]["resource"]["id"] = f"CA{Call.objects.count()}"
            body["data"]["resource"]["createdAt"] = at
            return body

        told("call_2026", change=change)

    return call


def commands():
    return list(OutboxEntry.objects.order_by("pk").values_list("command", flat=True))


def test_what_is_said_more_goes_to_the_open_lead_as_a_note(says, calls):
    says("2 cords of oak?")
    says("And mulch?")
    calls()

    lead = Lead.objects.get()
    assert commands() == ["RecordLead", "AddNote", "AddNote"]
    note = OutboxEntry.objects.filter(command="AddNote").first()
    assert note.stream == OutboxEntry.objects.get(command="RecordLead").stream
    assert note.payload["text"] == "Text from +1 606-555-0123\nAnd mulch?"
    assert {one.told_lead for one in (*Message.objects.all(), *Call.objects.all())} == {lead}


@pytest.mark.parametrize(
    "closed",
    [{"active": False}, {"closed_at": timezone.now()}, {"deleted_at": timezone.now()}],
    ids=["lost", "won", "deleted"],
)
def test_who_has_no_open_lead_gets_a_new_one(says, closed):
    says("2 cords of oak?")
    LeadRecord.objects.update(**closed)

    says("And again next year.")

    assert Lead.objects.count() == 2


def test_a_lead_whose_end_was_promised_gets_no_more_words(says, signed_in):
    says("2 cords of oak?")
    lead = LeadRecord.objects.get()
    signed_in(Role.OFFICE).post(f"/leads/{lead.uuid}/close/", {"lost": "1"})

    says("And again next year.")

    assert Lead.objects.count() == 2
    assert commands() == ["RecordLead", "CloseLead", "RecordLead"]


def test_an_old_lead_is_left_alone_and_the_business_chooses_how_old(says):
    says("2 cords of oak?")
    Lead.objects.update(created_at=timezone.now() - dt.timedelta(days=31))
    says("And mulch?")
    assert Lead.objects.count() == 2

    IntakeRules.objects.create(pk=1, new_lead_after_days=0)
    says("And sand?")
    assert Lead.objects.count() == 3
    assert str(IntakeRules.objects.get()) == "rules of the intake"


def test_a_lead_has_the_name_that_odoo_knows(says):
    PartnerFactory(name="Ann Miller", phone="606-555-0123")
    says("2 cords of oak?")
    assert LeadRecord.objects.get().contact_name == "Ann Miller"


def test_a_number_of_two_customers_has_no_name(says):
    PartnerFactory(name="Ann Miller", phone="606-555-0123")
    PartnerFactory(name="Miller Ltd", phone="606-555-0123")
    says("2 cords of oak?")
    assert LeadRecord.objects.get().contact_name == ""


@pytest.fixture
def polite(time_machine):
    """Let it be a Monday's noon, and the business answer missed calls."""
    time_machine.move_to("2026-11-23T17:00:00Z")
    IntakeRules.objects.create(pk=1, missed_call_text=WORDS)


def texts():
    return list(OutgoingText.objects.values_list("number", "text", "state", "rule"))


def test_who_was_missed_is_written_to_once_a_day(calls, polite, time_machine):
    calls()
    calls()
    assert texts() == [(ANN, WORDS, "QUEUED", "")]

    time_machine.shift(dt.timedelta(hours=24, minutes=5))
    calls()
    assert len(texts()) == 2


def test_other_words_are_no_second_text_of_the_day(calls, polite, time_machine):
    calls()
    IntakeRules.objects.update(missed_call_text="We missed you. We call back soon.")
    calls()
    assert [text for _number, text, *_rest in texts()] == [WORDS]

    time_machine.shift(dt.timedelta(hours=24, minutes=5))
    calls()
    assert len(texts()) == 2


def test_the_same_words_written_by_somebody_are_not_that_text(calls, polite, signed_in):
    OutgoingText.objects.create(
        number=ANN, text=WORDS, purpose="REPLY", state="SENT", wanted_by=signed_in(Role.OFFICE).user
    )
    calls(dt.timedelta())
    assert OutgoingText.objects.filter(to_missed_call=True).count() == 1


def test_nobody_is_written_to_where_the_business_has_chosen_nothing(calls):
    calls()
    assert texts() == []


def test_a_call_of_long_ago_and_one_without_a_number_are_not_answered(calls, told, polite):
    calls(dt.timedelta(hours=1))

    def anonymous(body):
        body["data"]["context"]["participants"]["external"] = ["Anonymous"]
        return body

    told("call_2026", change=anonymous)

    assert texts() == []


def test_a_supplier_is_not_written_to(calls, polite):
    PurchaseOrder.objects.create(vendor=PartnerFactory(phone="606-555-0123"))
    calls()
    assert texts() == []


def test_who_calls_for_a_supplier_is_not_written_to(calls, polite):
    yard = PartnerFactory(name="The sawmill", phone="")
    PurchaseOrder.objects.create(vendor=yard)
    PartnerFactory(name="Their driver", phone="606-555-0123", parent=yard)
    calls()
    assert texts() == []


def test_at_night_it_is_refused_for_the_morning_would_be_too_late(calls, polite, time_machine):
    time_machine.move_to("2026-11-24T04:00:00Z")
    calls()
    assert texts() == [(ANN, WORDS, "REFUSED", "too_late")]


def test_who_said_stop_is_not_written_to(calls, told, polite):
    told("stop_legacy")
    calls()
    assert [one[2:] for one in texts()] == [("REFUSED", "person_said_stop")]


def test_the_rules_are_chosen_on_the_set_up_page(admin):
    assert "Days of one lead" in admin.get("/setup/").text
    data = {"new_lead_after_days": "7", "missed_call_text": "Sorry\u2026"}
    data |= {"leads_of_taken_calls": "ALL", "stops_by_kind_since": "2026-11-01"}

    admin.post("/setup/intake", data)
    admin.post("/setup/intake", data)

    rules = IntakeRules.objects.get()
    assert (rules.new_lead_after_days, rules.missed_call_text) == (7, "Sorry...")
    row = AuditRow.objects.get(what="intake rules changed")
    assert (row.by, row.old["new_lead_after_days"]) == (admin.user, 30)
    assert admin.post("/setup/intake", {"new_lead_after_days": "-1"}).status_code == 422


def test_only_an_administrator_chooses_them(signed_in):
    assert signed_in(Role.OFFICE).post("/setup/intake").status_code == 403
