"""A round through all mirrors leaves room for other work, and for the other mirrors."""

import pytest

from odoo_bridge import models, tasks
from odoo_bridge.models import DirtyRecord, PollCursor
from odoo_bridge.slots import Doing
from odoo_bridge.sync import poll as polling
from odoo_bridge.sync import run, specs
from odoo_bridge.sync.poll import poll
from odoo_bridge.tasks import poll_odoo, reconcile_odoo
from odoo_bridge.tests.sync.test_poll_against_odoo import mirrored, new_leads, small_pages
from portal.testing.sessions import other_session

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]


def test_one_round_at_a_time(odoo, settings):
    settings.ODOO_URL, settings.ODOO_DB = odoo.url, odoo.database
    settings.ODOO_API_KEY = odoo.admin_key
    with other_session() as session:
        session.execute("select pg_advisory_lock(%s, 1)", [Doing.POLLING])
        poll_odoo()
        assert not PollCursor.objects.exists()
        session.execute("select pg_advisory_unlock_all()")  # a closed session's stay for a moment

    poll_odoo()

    assert models.Currency.objects.filter(name="USD").exists()


def test_one_counting_at_a_time(odoo, settings):
    settings.ODOO_URL, settings.ODOO_DB = odoo.url, odoo.database
    settings.ODOO_API_KEY = odoo.admin_key
    with other_session() as session:
        session.execute("select pg_advisory_lock(%s, 1)", [Doing.COUNTING])
        reconcile_odoo()
        assert not DirtyRecord.objects.exists()
        session.execute("select pg_advisory_unlock_all()")

    reconcile_odoo()

    assert DirtyRecord.objects.filter(odoo_model="res.currency").exists()


def test_a_long_reading_goes_on_where_its_time_was_up(odoo_client, monkeypatch):
    monkeypatch.setattr(polling, "pages", small_pages)
    name, leads = new_leads(odoo_client, 25)

    poll(specs.LEAD, odoo_client, for_at_most=0)

    cursor = PollCursor.objects.get(mirror="LeadRecord")
    assert cursor.scan_last_id
    assert (cursor.leased_until, cursor.high_water) == (None, None)
    rounds = 1
    while PollCursor.objects.get(mirror="LeadRecord").scan_until:
        poll(specs.LEAD, odoo_client, for_at_most=0)
        rounds += 1
    assert mirrored(name) == set(leads)
    assert rounds > 2


def test_a_round_reads_a_slice_of_each_mirror(odoo_client, monkeypatch):
    monkeypatch.setattr(polling, "pages", small_pages)
    monkeypatch.setattr(run, "SLICE", 0)

    assert run.poll_all(odoo_client, [specs.PARTNER, specs.CURRENCY])

    assert PollCursor.objects.get(mirror="Partner").scan_until
    assert models.Currency.objects.exists()


def test_what_is_read_counts_towards_the_calls_a_second(odoo_access, settings, monkeypatch):
    settings.OUTBOX_CALLS_PER_SECOND = 1000
    turns = []
    monkeypatch.setattr(tasks, "wait_for_turn", lambda: turns.append(1))

    poll_odoo()

    assert len(turns) >= len(specs.SPECS)
