"""An Odoo that was restored from a backup is noticed; one in which somebody deleted is not accused.

A copy of a database, made before the changes, stands for the backup that was put in its place.
"""

import dataclasses

import pytest

from odoo_bridge import breaker
from odoo_bridge.client import OdooUnavailable
from odoo_bridge.models import Breaker, LeadRecord, PollCursor
from odoo_bridge.sync import run, specs
from odoo_bridge.sync.forgotten import forgotten_by
from odoo_bridge.sync.run import poll_all, reconcile_all
from odoo_bridge.sync.time_travel import look_at_the_newest, odoo_went_back
from odoo_bridge.sync.tombstones import let_go
from odoo_bridge.tasks import poll_odoo, reconcile_odoo
from odoo_bridge.tests.sync.words import create, unlink, write
from portal.audit.models import AuditRow
from portal.local.odoo_config import TEMPLATE
from portal.testing.real_odoo import copy_of

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]
WATCHED = (specs.PARTNER, specs.SALE_ORDER, specs.SALE_ORDER_LINE, specs.LEAD)


@pytest.fixture(scope="module")
def backup(django_db_setup):
    return copy_of(TEMPLATE).client()


@pytest.fixture
def live(odoo_client):
    """Return the client of an Odoo whose records we have all seen."""
    poll_all(odoo_client, WATCHED)
    return odoo_client


def test_an_odoo_that_goes_forward_is_not_accused(live):
    assert not odoo_went_back(live, WATCHED)
    assert not breaker.holds_writes()


def test_a_record_that_lives_and_is_older_there_proves_it(live, backup):
    lead = LeadRecord.objects.filter(odoo_id__lt=20).first().odoo_id
    write(live, "crm.lead", lead, name="Newer")
    poll_all(live, WATCHED)

    assert odoo_went_back(backup, WATCHED)

    held = Breaker.objects.get()
    assert held.held_at
    assert held.forgotten_since < LeadRecord.objects.get(odoo_id=lead).remote_write_date
    assert AuditRow.objects.get().what == "Odoo went back in time: writes held"


def test_records_that_are_gone_from_several_mirrors_at_once_prove_it(live, backup):
    customer = create(live, "res.partner", name="Ann Miller")
    product = create(live, "product.product", name="Oak")
    create(live, "sale.order", partner_id=customer, order_line=[[0, 0, {"product_id": product}]])
    create(live, "crm.lead", name="Newest")
    poll_all(live, WATCHED)
    # Of all that the live one has written, the backup knows nothing, and nothing was changed in it.
    known = {spec.name: spec.model for spec in WATCHED}
    for model in known.values():
        model.objects.filter(odoo_id__lt=30).update(remote_write_date="2000-01-01T00:00Z")

    assert odoo_went_back(backup, WATCHED)


def test_who_deletes_the_newest_record_is_not_accused(live):
    lead = create(live, "crm.lead", name="Newest")
    poll_all(live, WATCHED)
    unlink(live, "crm.lead", lead)
    PollCursor.objects.update(high_water="2100-01-01T00:00Z")
    LeadRecord.objects.filter(odoo_id=lead).update(remote_write_date="2100-01-01T00:00Z")

    assert not odoo_went_back(live, WATCHED)
    assert not breaker.holds_writes()


def test_before_anything_was_read_nothing_is_known(odoo_client):
    assert not odoo_went_back(odoo_client, WATCHED)


def test_it_is_noticed_by_the_round_that_looks_for_deletions(live, backup):
    lead = LeadRecord.objects.filter(odoo_id__lt=20).first().odoo_id
    write(live, "crm.lead", lead, name="Newer")
    poll_all(live, WATCHED)

    for _ in range(2):
        assert reconcile_all(backup, WATCHED)

    assert breaker.holds_writes()
    assert AuditRow.objects.count() == 1


def test_an_odoo_that_does_not_answer_is_not_accused(live, odoo, monkeypatch):
    nowhere = odoo.client(base_url="http://127.0.0.1:9")

    with pytest.raises(OdooUnavailable):
        odoo_went_back(nowhere, WATCHED)
    assert not reconcile_all(nowhere, WATCHED)
    assert not breaker.holds_writes()


def test_it_is_noticed_also_when_somebody_has_worked_in_the_restored_one(live, backup):
    lead, other = LeadRecord.objects.filter(odoo_id__lt=20)[:2]
    write(live, "crm.lead", lead.odoo_id, name="Newer")
    create(live, "crm.lead", name="Newest")
    poll_all(live, WATCHED)
    write(backup, "crm.lead", other.odoo_id, name="Written after the restore")

    assert odoo_went_back(backup, WATCHED)
    assert (
        Breaker.objects.get().forgotten_since
        < PollCursor.objects.get(mirror="LeadRecord").high_water
    )


def test_what_was_written_since_the_last_poll_accuses_nobody(live):
    newest = LeadRecord.objects.order_by("-remote_write_date").first().odoo_id
    write(live, "crm.lead", newest, name="Written just now")

    assert not odoo_went_back(live, WATCHED)


def test_a_mirror_of_which_we_know_no_record_says_nothing(live):
    LeadRecord.objects.update(deleted_at="2026-01-01T00:00Z")

    look = look_at_the_newest(specs.LEAD, live, newer_than=None)

    assert (look.known_until, look.older, look.gone) == (None, None, False)


def test_an_odoo_that_breaks_off_in_the_last_look_is_not_accused(live, odoo, monkeypatch):
    monkeypatch.setattr(run, "for_each", lambda *_: True)

    assert not reconcile_all(odoo.client(base_url="http://127.0.0.1:9"), WATCHED)
    assert Breaker.objects.get().failures == 1


def test_the_task_looks_at_the_portal_s_own_odoo_and_does_nothing_without(odoo_access, settings):
    reconcile_odoo()
    assert not breaker.holds_writes()

    settings.ODOO_URL = ""
    reconcile_odoo()
    poll_odoo()
    assert not PollCursor.objects.exists()


def test_what_odoo_does_not_let_us_read_is_left_as_it_is(odoo):
    unknown = dataclasses.replace(specs.LEAD, odoo_model="no.such.model")

    found = forgotten_by(odoo.client(), [unknown, specs.LEAD], since=None)

    assert set(found) == {specs.LEAD}


def test_an_odoo_that_breaks_off_says_nothing_of_what_it_forgot(odoo):
    with pytest.raises(OdooUnavailable):
        forgotten_by(odoo.client(base_url="http://127.0.0.1:9"), [specs.LEAD], since=None)


def test_a_mirror_without_a_record_there_is_let_go_whole(odoo):
    nothing = dataclasses.replace(specs.MANUFACTURING_ORDER, odoo_model="phone.blacklist")
    here = specs.MANUFACTURING_ORDER.model.objects.create(odoo_id=1, name="WH/MO/1")

    [(spec, which)] = forgotten_by(odoo.client(), [nothing], since=None).items()

    assert let_go(spec, which) == [here.pk]
    assert let_go(spec, which) == []
