"""Deletions are found by counting, believed at the second look, and never when only hidden."""

import datetime as dt

import psycopg
import pytest
from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.models import DirtyRecord, LeadRecord, PollCursor
from odoo_bridge.sync import reconcile as reconciling
from odoo_bridge.sync import refresh as refreshing
from odoo_bridge.sync import specs
from odoo_bridge.sync.poll import poll
from odoo_bridge.sync.reconcile import prints_of, prints_of_all, reconcile
from odoo_bridge.sync.refresh import SECOND_LOOK, refresh_dirty
from odoo_bridge.tests.sync.words import create, unlink
from portal.local import postgres

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sql(odoo):
    """A session on Odoo's own database."""
    url = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)
    with psycopg.connect(url, autocommit=True) as session:
        yield session


@pytest.fixture
def leads(odoo_client):
    """Return the ids of three leads that are mirrored, and not young any more."""
    vals_list = [{"name": f"Lead {number}"} for number in range(3)]
    ids = odoo_client.call("crm.lead", "create", kind=Kind.WRITE, vals_list=vals_list)
    poll(specs.LEAD, odoo_client)
    grow_old()
    return ids


def grow_old():
    LeadRecord.objects.update(remote_write_date=timezone.now() - dt.timedelta(hours=1))


def hurry():
    DirtyRecord.objects.update(not_before=timezone.now())


def buried():
    gone = LeadRecord.objects.filter(deleted_at__isnull=False)
    return set(gone.values_list("odoo_id", flat=True))


def test_a_deletion_that_nobody_told_of_is_found_and_believed_at_the_second_look(
    leads, odoo_client
):
    unlink(odoo_client, "crm.lead", leads[1])

    assert reconcile(specs.LEAD, odoo_client) == 1
    assert refresh_dirty(odoo_client) == 0, "the second look comes later"
    assert not buried()
    hurry()
    refresh_dirty(odoo_client)

    assert buried() == {leads[1]}
    assert reconcile(specs.LEAD, odoo_client) == 0


def test_a_deletion_past_the_orm_is_found(leads, odoo_client, sql):
    sql.execute("delete from crm_lead where id = %s", [leads[0]])

    assert reconcile(specs.LEAD, odoo_client) == 1
    hurry()
    refresh_dirty(odoo_client)

    assert buried() == {leads[0]}


def test_one_that_went_and_one_that_came_do_not_hide_each_other(leads, odoo_client):
    unlink(odoo_client, "crm.lead", leads[0])
    new = create(odoo_client, "crm.lead", name="New")

    assert reconcile(specs.LEAD, odoo_client) == 2
    hurry()
    refresh_dirty(odoo_client)

    assert buried() == {leads[0]}
    assert LeadRecord.objects.filter(odoo_id=new).exists()


def test_each_bucket_of_ids_is_compared_by_itself(leads, odoo_client, monkeypatch):
    monkeypatch.setattr(reconciling, "BUCKET", 2)
    unlink(odoo_client, "crm.lead", leads[0], leads[2])

    assert reconcile(specs.LEAD, odoo_client) == 2
    hurry()
    refresh_dirty(odoo_client)

    assert buried() == {leads[0], leads[2]}


def test_what_is_young_is_looked_for_later(odoo_client):
    lead = create(odoo_client, "crm.lead", name="A")
    poll(specs.LEAD, odoo_client)
    unlink(odoo_client, "crm.lead", lead)

    reconcile(specs.LEAD, odoo_client)

    assert DirtyRecord.objects.get().not_before > timezone.now() + 5 * SECOND_LOOK


def test_what_is_hidden_from_the_bot_is_not_taken_for_deleted(odoo_access, provisioned_odoo):
    admin, bot = provisioned_odoo.client(), provisioned_odoo.bot()
    lead = create(admin, "crm.lead", name="Hidden")
    going = [create(admin, "crm.lead", name=f"Going {number}") for number in range(5)]
    poll(specs.LEAD, bot)
    grow_old()
    [model] = admin.call(
        "ir.model", "search_read", kind=Kind.READ, domain=[["model", "=", "crm.lead"]], fields=[]
    )
    rule = {"name": "Hide", "model_id": model["id"], "domain_force": f"[('id', '!=', {lead})]"}
    rule_id = create(admin, "ir.rule", **rule)

    try:
        assert reconcile(specs.LEAD, bot) == 1
        hurry()
        refresh_dirty(bot)
        assert not buried()
        for one in going:
            unlink(admin, "crm.lead", one)
        assert reconcile(specs.LEAD, bot) == 6
        hurry()
        refresh_dirty(bot)
    finally:
        unlink(admin, "ir.rule", rule_id)

    assert buried() == set(going), "what is hidden keeps nothing else from being buried"
    assert "may not see 1 records" in PollCursor.objects.get(mirror="LeadRecord").trouble


def test_our_prints_of_all_mirrors_are_those_of_each_with_one_query(
    leads, django_assert_num_queries
):
    with django_assert_num_queries(1):
        together = prints_of_all(specs.SPECS)

    assert together == {spec.name: prints_of(spec)[0] for spec in specs.SPECS}
    assert together[specs.LEAD.name][0] >= len(leads)


def test_what_is_held_is_asked_for_once_more_before_anything_is_looked_at(
    leads, odoo_client, django_assert_num_queries
):
    held = prints_of(specs.LEAD)[0]
    with django_assert_num_queries(0):
        assert reconcile(specs.LEAD, odoo_client, held) == 0

    assert reconcile(specs.LEAD, odoo_client, (0, 0)) == 0, "ours had changed meanwhile"
    unlink(odoo_client, "crm.lead", leads[0])
    assert reconcile(specs.LEAD, odoo_client, held) == 1


def test_when_very_much_is_hidden_the_looking_has_an_end(db, odoo_client, monkeypatch):
    monkeypatch.setattr(refreshing, "MOST_READS", 2)
    monkeypatch.setattr(refreshing, "why_refused", lambda *_: "not for you")

    assert refreshing.proven_gone(odoo_client, specs.LEAD, {1, 2, 3, 4}) == set()
