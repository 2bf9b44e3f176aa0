"""An Odoo without JSON-2 (17, 18): a day's commands and polls by JSON-RPC, with the same outcome.

Every handler and every mirror speaks through the same client, whose own tests run over both.
"""

import pytest
from django.db.models import F

from odoo_bridge.client import Protocol
from odoo_bridge.models import LeadRecord, OutboxEntry, Partner, Picking
from odoo_bridge.sync import specs
from odoo_bridge.sync.poll import poll
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def older(provisioned_odoo):
    """Return the bot as it speaks to an older Odoo, and the addresses that it asks."""
    with FaultyProxy(provisioned_odoo.url) as proxy:
        user = provisioned_odoo.access["bot_user_id"]
        yield provisioned_odoo.bot(base_url=proxy.url, protocol=Protocol.JSON_RPC, user=user)
        assert {call.path for call in proxy.calls} == {"/jsonrpc"}


def test_leads_are_made_together_and_changed(older, promised, send, yard):
    leads = [promised(title=f"Lead {number}") for number in range(3)]
    send(client=older)
    assert set(OutboxEntry.objects.values_list("state", flat=True)) == {"DONE"}
    for lead in leads:
        lead.refresh_from_db()
        assert yard.row("crm.lead", lead.odoo_id, "name")["name"] == lead.name


def test_a_delivery_is_planned_made_invoiced_and_paid(older, yard, send, promised_payment):
    [sold] = yard.sold()
    run = yard.run()
    entries = send(run, sold.plan(run.run_uuid), sold.complete(), client=older)
    entries += send(client=older)
    assert {one.state for one in entries} <= {"DONE"}, [one.last_error for one in entries]
    yard.planned_once(sold, run.run_uuid)
    yard.delivered_once(sold)

    payment = promised_payment(sold)
    send(client=older)
    yard.paid_once(sold, payment.uuid)
    payment.refresh_from_db()
    assert payment.odoo_id
    assert not OutboxEntry.objects.exclude(state="DONE").exists()


def test_mirrors_are_read(older, yard):
    partner = yard.make("res.partner", name="Ann Miller", partner_latitude=38.5)
    for spec in (specs.COUNTRY_STATE, specs.PARTNER, specs.PICKING, specs.LEAD):
        poll(spec, older)
    assert Partner.objects.get(odoo_id=partner).name == "Ann Miller"
    assert Partner.objects.get(odoo_id=partner).latitude == 38.5
    assert Picking.objects.count() == len(yard.rows("stock.picking", []))
    assert LeadRecord.objects.filter(odoo_id=F("odoo_id")).count() == len(yard.rows("crm.lead", []))
