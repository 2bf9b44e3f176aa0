"""An Odoo is restored from a backup: nothing is sent, nothing is mixed up, and it goes on.

Two copies of one provisioned database: the live one, in which work is done, and its backup.
"""

import pytest
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import Kind, OdooUnavailable
from odoo_bridge.models import LeadRecord, OdooAccess, Partner, SaleOrder, Stream
from odoo_bridge.services.change_lead import change_lead
from odoo_bridge.services.hold_writes import let_writes_go_on
from odoo_bridge.tasks import drain_outbox, poll_odoo
from odoo_bridge.tests.sync.words import create
from portal.accounts.models import Role
from portal.testing.real_odoo import provisioned_copy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def copies(django_db_setup, django_db_blocker):
    return [provisioned_copy(django_db_blocker.unblock) for _copy in range(2)]


@pytest.fixture
def live(copies, db, settings):
    live, _backup = copies
    settings.ODOO_URL, settings.ODOO_DB, settings.ODOO_API_KEY = live.url, live.database, ""
    OdooAccess.objects.create(pk=1, **live.access)
    return live.client()


@pytest.fixture
def backup(copies):
    _live, backup = copies
    return backup.client()


@pytest.fixture
def restored(live, copies, settings):
    """Put the backup in the place of Odoo, as after an outage: ``restored()``."""

    def restore():
        for _time in range(breaker.OPENS_AFTER):
            breaker.note_failure(OdooUnavailable("It is being restored."), timezone.now())
        settings.ODOO_DB = copies[1].database
        breaker.note_answer(timezone.now())

    return restore


@pytest.fixture
def worked(live, promised):
    """Return a lead of ours, and an order of Odoo's, that the backup does not know."""
    customer = create(live, "res.partner", name="Ann Miller")
    product = create(live, "product.product", name="Oak")
    create(live, "sale.order", partner_id=customer, order_line=[[0, 0, {"product_id": product}]])
    lead = promised(title="Ann's text")
    drain_outbox()
    poll_odoo()
    lead.refresh_from_db()
    assert lead.odoo_id
    return lead, SaleOrder.objects.get(customer__name="Ann Miller")


def found(odoo, title):
    named = [["name", "=", title]]
    return odoo.call("crm.lead", "search", kind=Kind.READ, domain=named)


def test_nothing_is_sent_or_mixed_up_and_a_person_decides(
    worked, restored, backup, promised, person
):
    lead, order = worked
    old_id, old_order_id = lead.odoo_id, order.odoo_id
    change_lead(lead_uuid=lead.uuid, changes={"contact_name": "Ann"}, seen={}, by=None)
    waits = promised(title="Bea's text")

    restored()
    drain_outbox()

    assert breaker.holds_writes()
    assert not found(backup, "Bea's text")
    for record in (lead, order):
        record.refresh_from_db()
        assert record.is_forgotten

    somebody_s = create(backup, "crm.lead", name="Made after the restore")
    order_of_another = create(backup, "sale.order", partner_id=1)
    assert (somebody_s, order_of_another) == (old_id, old_order_id), "Odoo gives the ids again"
    poll_odoo()
    order.refresh_from_db()
    assert (order.odoo_id, order.customer.name) == (None, "Ann Miller")
    assert LeadRecord.objects.get(odoo_id=old_id).name == "Made after the restore"

    let_writes_go_on(by=person(Role.ADMIN))
    drain_outbox()

    waits.refresh_from_db()
    assert waits.odoo_id not in (None, old_id)
    stream = Stream.objects.get(key=f"lead:{lead.uuid}")
    assert "restored from a backup" in stream.paused_why
    assert LeadRecord.objects.get(odoo_id=old_id).name == "Made after the restore"
    poll_odoo()
    assert Partner.objects.filter(name="Ann Miller").get().is_forgotten
