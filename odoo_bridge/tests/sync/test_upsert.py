"""The one way into the mirrors: by content, with references that may arrive later."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from odoo_bridge.models import DirtyRecord, Partner, SaleOrder
from odoo_bridge.signals import mirrors_changed
from odoo_bridge.sync import poll, specs
from odoo_bridge.sync.upsert import upsert
from portal.core import deadlocks
from portal.core.models import Change

pytestmark = pytest.mark.django_db


def row(spec, odoo_id, **values):
    """Return a row as Odoo gives it: nothing in any field but those named."""
    empty = dict.fromkeys(spec.odoo_fields, False)
    return {**empty, "id": odoo_id, "write_date": "2026-11-21 08:00:00", **values}


def partner(odoo_id, **values):
    return row(specs.PARTNER, odoo_id, **values)


def store(spec, rows, read_at=None):
    """Store rows as a poll does that began a moment ago; return the keys of what changed."""
    return [one.key for one in upsert(spec, rows, read_at=read_at or timezone.now())]


@pytest.fixture
def told():
    """Collect what the bridge tells the apps above."""
    heard = []

    def listen(sender, keys, **_):
        heard.append((sender, keys))

    mirrors_changed.connect(listen)
    yield heard
    mirrors_changed.disconnect(listen)


def test_a_new_record_is_stored_with_what_odoo_said():
    [key] = store(specs.PARTNER, [partner(5, name="Ann Miller", zip="41101")])

    ann = Partner.objects.get(pk=key)
    assert (ann.odoo_id, ann.name, ann.postcode, ann.street) == (5, "Ann Miller", "41101", "")
    assert ann.remote["zip"] == "41101"
    assert str(ann) == "Ann Miller"


def test_a_changed_record_keeps_its_key_and_its_uuid():
    [key] = store(specs.PARTNER, [partner(5, name="Ann")])
    before = Partner.objects.get()

    assert store(specs.PARTNER, [partner(5, name="Anne")]) == [key]

    after = Partner.objects.get()
    assert (after.uuid, after.name) == (before.uuid, "Anne")


def test_of_the_same_content_at_a_later_time_only_the_time_is_kept(told):
    store(specs.PARTNER, [partner(5, name="Ann")])
    before = Partner.objects.values().get()

    changed = store(specs.PARTNER, [partner(5, name="Ann", write_date="2026-11-22 08:00:00")])

    assert changed == []
    after = Partner.objects.values().get()
    assert after.pop("remote_write_date") == dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
    assert after == {name: before[name] for name in after}


def test_what_somebody_else_has_read_later_stays_and_is_looked_at_again():
    now = timezone.now()
    store(specs.PARTNER, [partner(5, name="Newer")], read_at=now)

    earlier = now - dt.timedelta(seconds=1)
    changed = store(
        specs.PARTNER, [partner(5, name="Older"), partner(6, name="Bea")], read_at=earlier
    )

    assert changed == [Partner.objects.get(odoo_id=6).pk]
    assert Partner.objects.get(odoo_id=5).name == "Newer"
    dirty = DirtyRecord.objects.get()
    assert (dirty.odoo_model, dirty.odoo_id, dirty.hits) == ("res.partner", 5, 0)


def test_two_contents_in_one_second_are_two_changes():
    store(specs.PARTNER, [partner(5, name="Ann")])

    store(specs.PARTNER, [partner(5, name="Bea")])

    assert Partner.objects.get().name == "Bea"


def test_a_record_that_comes_back_is_no_longer_deleted():
    store(specs.PARTNER, [partner(5, name="Ann")])
    Partner.objects.update(deleted_at="2026-11-21T00:00Z")

    store(specs.PARTNER, [partner(5, name="Ann")])

    assert Partner.objects.get().deleted_at is None


def test_a_reference_is_linked_at_once_when_its_target_is_here():
    store(specs.PARTNER, [partner(5, name="Ann")])

    store(specs.SALE_ORDER, [row(specs.SALE_ORDER, 9, partner_id=5)])

    assert SaleOrder.objects.get().customer.name == "Ann"


def test_a_reference_waits_for_a_target_that_arrives_later():
    store(specs.SALE_ORDER, [row(specs.SALE_ORDER, 9, partner_id=5), row(specs.SALE_ORDER, 10)])
    waiting = SaleOrder.objects.get(odoo_id=9)
    assert (waiting.customer, waiting.customer_odoo_id) == (None, 5)

    store(specs.PARTNER, [partner(5, name="Ann")])

    assert SaleOrder.objects.get(odoo_id=9).customer.name == "Ann"
    assert SaleOrder.objects.get(odoo_id=10).customer is None


def test_a_reference_to_the_same_mirror_waits_too():
    store(specs.PARTNER, [partner(6, name="Yard 2", parent_id=5)])
    store(specs.PARTNER, [partner(5, name="Ridge Inc")])

    assert Partner.objects.get(odoo_id=6).parent.name == "Ridge Inc"


def test_a_reference_that_was_taken_away_is_empty():
    store(specs.PARTNER, [partner(5, name="Ann")])
    store(specs.SALE_ORDER, [row(specs.SALE_ORDER, 9, partner_id=5)])

    store(specs.SALE_ORDER, [row(specs.SALE_ORDER, 9)])

    order = SaleOrder.objects.get()
    assert (order.customer, order.customer_odoo_id) == (None, None)


def test_pages_and_apps_are_told_after_commit(told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        keys = store(specs.PARTNER, [partner(5, name="Ann")])
        assert told == []

    assert told == [(Partner, keys)]
    assert Change.objects.get().topic == "orders"


@pytest.mark.parametrize("number_of_rows", [1, 50])
def test_a_page_takes_the_same_queries_however_many_rows(
    django_assert_max_num_queries, number_of_rows
):
    rows = [row(specs.SALE_ORDER, n, partner_id=n + 500) for n in range(1, number_of_rows + 1)]

    with django_assert_max_num_queries(12):
        store(specs.SALE_ORDER, rows)


@pytest.mark.django_db(transaction=True)
def test_a_page_that_lost_a_deadlock_is_stored_anew(monkeypatch):
    monkeypatch.setattr(deadlocks, "LONGEST_PAUSE", 0)
    cursor = poll.lease(specs.PARTNER.name, now=timezone.now())
    lost = []

    def lose_first(*args, **words):
        stored = upsert(*args, **words)
        if not lost:
            lost.append(stored)
            raise OperationalError from DeadlockDetected()
        return stored

    monkeypatch.setattr(poll, "upsert", lose_first)

    assert poll.store_page(cursor, specs.PARTNER, [partner(5, name="Ann")], timezone.now()) == 1

    assert [one.name for one in Partner.objects.all()] == ["Ann"]
    assert lost
