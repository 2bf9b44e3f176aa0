"""A note stands under its record in a real Odoo, once."""

import uuid

import pytest

from odoo_bridge.commands import About, AddNote
from odoo_bridge.models import LeadRecord, OutboxEntry
from odoo_bridge.sync.specs import SALE_ORDER
from odoo_bridge.tests.outbox.customers import a_customer
from odoo_bridge.tests.outbox.leads import a_lead
from odoo_bridge.tests.outbox.purchases import a_market, mirrored
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State
FIELDS = ("body", "is_internal", "notification_ids")


def note(about, record, text="Dog <in> the yard\nRing first"):
    return AddNote(about=about, about_uuid=record.uuid, note_uuid=uuid.uuid4(), text=text)


def notes_under(yard, model, odoo_id, text="Dog"):
    domain = [["model", "=", model], ["res_id", "=", odoo_id], ["body", "ilike", text]]
    return yard.rows("mail.message", domain, *FIELDS)


def test_a_note_stands_under_an_order_a_lead_a_purchase_and_a_customer(
    yard, db, queue, drained, send_again
):
    [sold] = yard.sold()
    [order] = mirrored(yard, SALE_ORDER, [["id", "=", sold.order]])
    purchase, lead, customer = a_market(yard).order(), a_lead(yard), a_customer(yard)
    drained()
    records = {
        About.ORDER: (order, "sale.order"),
        About.LEAD: (lead, "crm.lead"),
        About.PURCHASE: (purchase, "purchase.order"),
        About.CUSTOMER: (customer, "res.partner"),
    }
    purchase.refresh_from_db()
    queue(*(note(about, record) for about, (record, _model) in records.items()))

    assert drained() == ["mail.message.load"] * 4
    send_again()

    for record, model in records.values():
        [found] = notes_under(yard, model, record.odoo_id)
        assert "Dog &lt;in&gt; the yard<br>Ring first" in found["body"]
        assert found["is_internal"]
        assert found["notification_ids"] == []


def test_a_record_that_odoo_never_made_or_that_is_gone_gets_no_note(yard, db, send):
    never, gone = LeadRecord.objects.create(name="Never"), a_lead(yard)
    gone.in_odoo("unlink")

    entries = send(note(About.LEAD, never), note(About.LEAD, gone))

    assert [entry.state for entry in entries] == [State.PARKED, State.PARKED]
    assert [entry.last_error for entry in entries] == [
        "The lead was never made in Odoo.",
        "The lead was deleted in Odoo.",
    ]


@pytest.mark.parametrize("fault", [DROP_ANSWER, DUPLICATE], ids=lambda fault: fault.name)
def test_there_is_one_note_after_any_fault(yard, db, survive, fault):
    lead = a_lead(yard)

    survive(note(About.LEAD, lead), fault, "mail.message.load")

    assert len(notes_under(yard, "crm.lead", lead.odoo_id)) == 1
