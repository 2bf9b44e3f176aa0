"""A lead as it shall be: what Odoo has, under what was promised."""

import pytest
from django.db import transaction

from odoo_bridge.commands import ChangeLead, CloseLead, ConvertLead
from odoo_bridge.models import LeadRecord, OutboxEntry
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.leads import shown_leads
from odoo_bridge.services.promise_lead import promise_lead
from portal.testing.leads import LeadFactory, OdooUserFactory, StageFactory

pytestmark = pytest.mark.django_db
State = OutboxEntry.State


def shown(lead):
    return next(iter(shown_leads(LeadRecord.objects.filter(pk=lead.pk))), None)


@transaction.atomic
def promise(command):
    return enqueue(command, by=None)


def test_it_is_as_odoo_has_it():
    seller, stage = OdooUserFactory(), StageFactory()
    one = shown(LeadFactory(stage=stage, owner=seller, kind="opportunity"))

    assert (one.stage, one.owner, one.is_opportunity) == (stage, seller, True)
    assert (one.is_open, one.ending, one.odoo) == (True, "", None)


@pytest.mark.parametrize(
    ("values", "ending"),
    [({"active": False}, "lost"), ({"stage__is_won": True}, "won"), ({"stage": None}, "")],
)
def test_how_it_ended_is_known_from_odoo(values, ending):
    assert shown(LeadFactory(**values)).ending == ending


def test_what_was_promised_lies_over_it():
    lead, seller, stage = LeadFactory(), OdooUserFactory(), StageFactory()
    change = ChangeLead(
        lead_uuid=lead.uuid, owner_odoo_id=seller.odoo_id, stage_odoo_id=stage.odoo_id
    )
    promise(change)
    promise(ConvertLead(lead_uuid=lead.uuid))

    one = shown(lead)
    assert (one.owner, one.stage, one.is_opportunity) == (seller, stage, True)
    assert one.odoo == State.QUEUED

    promise(CloseLead(lead_uuid=lead.uuid, won=False))
    assert shown(lead).ending == "lost"


def test_nobody_and_an_unknown_stage_can_be_promised():
    lead = LeadFactory(owner=OdooUserFactory())
    promise(ChangeLead(lead_uuid=lead.uuid, owner_odoo_id=0, stage_odoo_id=99))
    one = shown(lead)
    assert (one.owner, one.stage) == (None, lead.stage)

    promise(ChangeLead(lead_uuid=lead.uuid, title="Oak"))
    assert shown(lead).owner is None


def test_what_odoo_refused_is_not_so():
    lead = LeadFactory()
    entry = promise(CloseLead(lead_uuid=lead.uuid, won=True))
    OutboxEntry.objects.filter(pk=entry.pk).update(state=State.PARKED)

    one = shown(lead)
    assert (one.ending, one.odoo) == ("", State.PARKED)


def test_a_lead_that_was_given_up_before_odoo_made_it_is_none():
    lead = promise_lead(title="Oak", text="", phone="")
    assert shown(lead).odoo == State.QUEUED

    OutboxEntry.objects.update(state=State.DROPPED, note="A wrong number.")
    assert shown(lead) is None


def test_many_leads_cost_no_more(django_assert_num_queries):
    for _number in range(3):
        lead, seller = LeadFactory(owner=OdooUserFactory()), OdooUserFactory()
        change = ChangeLead(
            lead_uuid=lead.uuid, owner_odoo_id=seller.odoo_id, stage_odoo_id=StageFactory().odoo_id
        )
        promise(change)
    with django_assert_num_queries(4):
        assert [one.owner.shown_name for one in shown_leads(LeadRecord.objects.order_by("pk"))]
