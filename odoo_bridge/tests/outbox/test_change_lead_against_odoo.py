"""What is changed of a lead here and in a real Odoo."""

import pytest
from django.db import transaction

from odoo_bridge.commands import ChangeLead
from odoo_bridge.models import Conflict, LeadRecord, OutboxEntry
from odoo_bridge.services.change_lead import change_lead
from odoo_bridge.services.promise_lead import promise_lead
from odoo_bridge.tests.outbox.leads import a_lead
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State


@pytest.fixture
def lead(yard, db):
    return a_lead(yard)


def test_all_that_was_changed_is_written_in_one_call_and_shown(yard, lead, drained, send_again):
    [stage] = yard.rows("crm.stage", [["name", "=", "Qualified"]])
    entry = lead.change(
        title="Oak, 3 cords",
        company="Alvarez & Sons",
        email="ann@example.org",
        city="Ashland",
        owner_odoo_id=2,
        stage_odoo_id=stage["id"],
    )

    assert drained() == ["crm.lead.write"]

    entry.refresh_from_db()
    assert entry.state == State.DONE
    row = lead.row("partner_name", "email_from", "city", "stage_id")
    assert (row["name"], row["partner_name"]) == ("Oak, 3 cords", "Alvarez & Sons")
    assert (row["email_from"], row["city"]) == ("ann@example.org", "Ashland")
    assert (row["user_id"], row["stage_id"]) == (2, stage["id"])
    mirror = lead.mirror()
    assert (mirror.name, mirror.owner_odoo_id) == ("Oak, 3 cords", 2)
    assert send_again() == []


def test_what_somebody_changed_in_odoo_differently_is_for_a_person(lead, drained):
    entry = lead.change(phone="606-555-0102", title="Elm")
    lead.in_odoo("write", vals={"phone": "606-555-0103"})

    assert drained() == []

    entry.refresh_from_db()
    assert entry.state == State.CONFLICT
    assert [one.key for one in Conflict.objects.all()] == ["phone"]
    assert lead.row()["name"] == "Oak, 2 cords"


def test_what_nobody_had_seen_is_not_overwritten(lead, drained):
    lead.in_odoo("write", vals={"partner_name": "Hill & Sons"})
    entry = lead.change(company="Alvarez & Sons")

    assert drained() == []

    entry.refresh_from_db()
    assert entry.state == State.CONFLICT


def test_a_lead_is_changed_before_odoo_has_made_it(yard, drained):
    with transaction.atomic():
        promised = promise_lead(title="Text", text="Oak?", phone="+16065550123")
        changes = {"title": "Oak", "phone": "+16065550124"}
        change_lead(lead_uuid=promised.uuid, changes=changes, seen={}, by=None)

    assert drained() == ["crm.lead.load", "crm.lead.write"]

    lead = LeadRecord.objects.get(uuid=promised.uuid)
    row = yard.row("crm.lead", lead.odoo_id, "name", "phone")
    assert (row["name"], row["phone"]) == ("Oak", "+16065550124")
    assert not Conflict.objects.exists()


def test_a_lead_that_odoo_never_made_or_that_is_gone_is_for_a_person(lead, send):
    never = LeadRecord.objects.create(name="Never")
    lead.in_odoo("unlink")

    entries = send(
        ChangeLead(lead_uuid=never.uuid, title="Oak"),
        ChangeLead(lead_uuid=lead.uuid, title="Oak"),
    )

    assert [entry.state for entry in entries] == [State.PARKED, State.PARKED]
    assert [entry.last_error for entry in entries] == [
        "The lead was never made in Odoo.",
        "The lead was deleted in Odoo.",
    ]


@pytest.mark.parametrize("fault", [DROP_ANSWER, DUPLICATE], ids=lambda fault: fault.name)
def test_a_lost_answer_is_no_conflict_with_ourselves(lead, survive, fault):
    lead.in_odoo("write", vals={"contact_name": False})

    survive(ChangeLead(lead_uuid=lead.uuid, contact_name="Bea"), fault, "crm.lead.write")

    assert lead.row()["contact_name"] == "Bea"
    assert lead.mirror().contact_name == "Bea"
    assert not Conflict.objects.exists()
