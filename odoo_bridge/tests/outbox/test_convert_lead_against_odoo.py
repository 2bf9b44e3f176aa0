"""A lead becomes an opportunity of one customer in a real Odoo."""

import uuid

import pytest

from odoo_bridge.models import OutboxEntry, Partner
from odoo_bridge.tests.outbox.leads import a_lead
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State
FORM = "crm.lead2opportunity.partner"


def customers_named(yard, name):
    return [row["id"] for row in yard.rows("res.partner", [["name", "=", name]])]


def test_it_gets_a_new_customer_with_its_data_and_keeps_its_salesperson(
    yard, db, queue, drained, send_again
):
    lead = a_lead(yard, email_from=f"{uuid.uuid4().hex}@example.org", user_id=2)
    queue(lead.convert())

    assert drained() == [f"{FORM}.create", f"{FORM}.action_apply"]

    row = lead.row()
    [customer] = customers_named(yard, row["contact_name"])
    assert (row["type"], row["partner_id"], row["user_id"]) == ("opportunity", customer, 2)
    mirror = lead.mirror()
    assert (mirror.kind, mirror.customer) == ("opportunity", Partner.objects.get(odoo_id=customer))
    assert mirror.customer.phone == "606-555-0101"
    assert send_again() == []
    assert customers_named(yard, row["contact_name"]) == [customer]


def test_the_customer_with_its_mail_address_or_the_one_that_was_chosen_is_taken(yard, db, send):
    address = f"{uuid.uuid4().hex}@example.org"
    known, chosen = (yard.make("res.partner", name="Bea", email=one) for one in (address, False))
    matched, given = a_lead(yard, email_from=address), a_lead(yard, email_from=address)
    names = [lead.row()["contact_name"] for lead in (matched, given)]

    entries = send(matched.convert(), given.convert(customer_odoo_id=chosen))

    assert [entry.state for entry in entries] == [State.DONE, State.DONE]
    assert matched.row()["partner_id"] == known
    assert given.row()["partner_id"] == chosen
    assert [customers_named(yard, name) for name in names] == [[], []]


def test_a_lead_that_has_a_customer_keeps_it_and_an_opportunity_without_gets_one(yard, db, send):
    with_one, without = a_lead(yard, partner_id=yard.customer), a_lead(yard, type="opportunity")

    entries = send(with_one.convert(), without.convert())

    assert [entry.state for entry in entries] == [State.DONE, State.DONE]
    row = with_one.row()
    assert (row["type"], row["partner_id"]) == ("opportunity", yard.customer)
    assert without.row()["partner_id"]
    assert without.mirror().customer


def test_whom_a_person_has_chosen_in_odoo_stays(yard, db, queue, drained):
    lead = a_lead(yard)
    theirs = yard.make("res.partner", name="Theirs")
    lead.in_odoo("write", vals={"type": "opportunity", "partner_id": theirs})
    [entry] = queue(lead.convert(customer_odoo_id=yard.customer))

    assert drained() == []

    entry.refresh_from_db()
    assert entry.state == State.DONE
    assert lead.row()["partner_id"] == theirs
    assert lead.mirror().kind == "opportunity"


def test_what_was_lost_or_only_archived_is_not_converted(yard, db, send):
    lost, archived = a_lead(yard), a_lead(yard, probability=20)
    lost.in_odoo("action_set_lost")
    archived.in_odoo("write", vals={"active": False})

    entries = send(lost.convert(), archived.convert(customer_odoo_id=yard.customer))

    assert [entry.state for entry in entries] == [State.PARKED, State.PARKED]
    assert [entry.last_error for entry in entries] == [
        "Lead “Oak, 2 cords” was lost in Odoo.",
        "Lead “Oak, 2 cords” was archived in Odoo.",
    ]


@pytest.mark.parametrize("fault", [DROP_ANSWER, DUPLICATE], ids=lambda fault: fault.name)
def test_there_is_one_customer_after_any_fault(yard, db, survive, fault):
    lead = a_lead(yard)

    survive(lead.convert(), fault, f"{FORM}.action_apply")

    row = lead.row()
    assert customers_named(yard, row["contact_name"]) == [row["partner_id"]]
    assert row["type"] == "opportunity"
