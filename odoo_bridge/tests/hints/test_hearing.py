"""A change that a poll found, and that no webhook told of in time, is counted."""

import datetime as dt

import pytest
from django.utils import timezone

from odoo_bridge.models import HintHearing
from odoo_bridge.sync import specs
from odoo_bridge.sync.dirt import look_again
from odoo_bridge.sync.hearing import note_missed
from odoo_bridge.sync.upsert import Changed
from portal.testing.mirrors import OdooAccessFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


@pytest.fixture
def connected():
    """A portal that Odoo has told of changes for an hour."""
    return OdooAccessFactory(hints_since=NOW - HOUR)


def changed(odoo_id, written_at=NOW - MINUTE):
    return Changed(odoo_id, odoo_id, written_at)


def test_what_was_not_told_is_missed_and_what_waits_to_be_read_is_not(connected):
    look_again("crm.lead", [6], at=timezone.now())

    assert note_missed(specs.LEAD, [changed(5), changed(6), changed(7)], NOW) == 2
    assert note_missed(specs.LEAD, [changed(8)], NOW) == 1

    hearing = HintHearing.objects.get()
    assert (hearing.odoo_model, hearing.heard, hearing.missed) == ("crm.lead", 0, 3)
    assert hearing.missed_at == NOW


@pytest.mark.parametrize("written_at", [NOW - 2 * HOUR, NOW, None])
def test_what_is_older_than_the_webhooks_or_only_just_written_says_nothing(connected, written_at):
    assert note_missed(specs.LEAD, [changed(5, written_at)], NOW) == 0
    assert not HintHearing.objects.exists()


def test_of_what_nobody_tells_nothing_is_missed(connected):
    assert note_missed(specs.CURRENCY, [changed(5)], NOW) == 0
    connected.delete()
    assert note_missed(specs.LEAD, [changed(5)], NOW) == 0
