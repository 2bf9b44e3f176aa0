"""Odoo tells of a change by itself: it shows here at once, however seldom anybody asks."""

import time
import uuid

import pytest
from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.models import DirtyRecord, HintHearing, LeadRecord, OdooAccess
from odoo_bridge.provision.hints import ACTION, LIKE, RULE, Hints
from odoo_bridge.provision.own import own_records
from odoo_bridge.services.keep_hint_secret import keep_hint_secret
from odoo_bridge.sync import specs
from portal.testing.running import within

pytestmark = [
    pytest.mark.odoo,
    pytest.mark.e2e,
    pytest.mark.timed,
    pytest.mark.django_db(transaction=True),
]
SOON = 5  # seconds; about one on a quiet machine


@pytest.fixture
def more_env():
    return {"ODOO_POLL_SECONDS": "600"}


@pytest.fixture
def told(portal, odoo_access, provisioned_odoo):
    """Return the client of an Odoo that tells the running portal of changes to leads."""
    admin = provisioned_odoo.client()
    keep_hint_secret(given="", rotate=False, now=timezone.now())
    hints = Hints.of(admin, [specs.LEAD], instance=odoo_access.instance)
    hints.make(base=portal.url)
    yield admin
    for model in (ACTION, RULE):
        ids = list(own_records(admin, hints.module, model, LIKE).values())
        admin.call(model, "unlink", kind=Kind.WRITE_RECORDS, ids=ids)


def mirrored(**values):
    return LeadRecord.objects.filter(**values).exists


def test_what_changes_and_what_goes_in_odoo_shows_without_a_poll(told, portal):
    a_change_shows_at_once(told)
    a_deletion_shows_after_a_second_look(told)

    assert OdooAccess.objects.get().hint_secret not in portal.logs()


def a_change_shows_at_once(told):
    waited = []
    for _ in range(3):
        name = f"Lead {uuid.uuid4()}"
        [lead] = told.call("crm.lead", "create", kind=Kind.WRITE, vals_list=[{"name": name}])
        began = time.monotonic()
        within(SOON, mirrored(odoo_id=lead, name=name))
        waited.append(time.monotonic() - began)

        told.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[lead], vals={"name": "Later"})
        within(SOON, mirrored(odoo_id=lead, name="Later"))

    assert min(waited) < 2
    assert HintHearing.objects.get(odoo_model="crm.lead").heard >= 6
    within(SOON, lambda: not DirtyRecord.objects.exists())


def a_deletion_shows_after_a_second_look(told):
    [lead] = told.call("crm.lead", "create", kind=Kind.WRITE, vals_list=[{"name": "Gone soon"}])
    within(SOON, mirrored(odoo_id=lead))
    # As if it had been written long ago: what is young is looked for a minute later.
    LeadRecord.objects.update(remote_write_date="2026-01-01T00:00Z")

    told.call("crm.lead", "unlink", kind=Kind.WRITE_RECORDS, ids=[lead])

    within(3 * SOON, mirrored(odoo_id=lead, deleted_at__isnull=False))
