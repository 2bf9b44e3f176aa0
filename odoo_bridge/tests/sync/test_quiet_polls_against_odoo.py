"""What is read when nothing seems to happen: nothing, until the night reads everything."""

import datetime as dt
import zoneinfo
from dataclasses import replace

import psycopg
import pytest
from django.utils import timezone

from odoo_bridge.breaker import note_answer
from odoo_bridge.client import Kind
from odoo_bridge.models import LeadRecord, PollCursor
from odoo_bridge.sync import specs
from odoo_bridge.sync.poll import latest_night, poll
from odoo_bridge.sync.run import poll_all
from portal.local import postgres

HOUR = dt.timedelta(hours=1)
NEW_YORK = zoneinfo.ZoneInfo("America/New_York")


@pytest.fixture
def behind_its_back(odoo):
    """Change a lead past Odoo, as a script on its database would: ``change(lead, name)``."""
    url = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)

    def change(lead, name):
        with psycopg.connect(url) as session:
            session.execute("update crm_lead set name = %s where id = %s", [name, lead])

    return change


@pytest.fixture
def lead(transactional_db, odoo_client):
    """Return a lead that was mirrored when all had settled."""
    [lead] = odoo_client.call("crm.lead", "create", kind=Kind.WRITE, vals_list=[{"name": "Before"}])
    poll(specs.LEAD, odoo_client)
    PollCursor.objects.update(moved_at=timezone.now() - HOUR)
    return lead


def name_of(lead):
    return LeadRecord.objects.get(odoo_id=lead).name


@pytest.mark.odoo
def test_a_window_that_has_settled_is_not_read_again(lead, odoo_client, behind_its_back):
    behind_its_back(lead, "After")

    poll_all(odoo_client, [specs.LEAD])

    assert name_of(lead) == "Before"
    assert not PollCursor.objects.get().trouble


@pytest.mark.odoo
def test_a_round_in_which_nothing_happens_costs_few_queries(
    lead, odoo_client, django_assert_max_num_queries
):
    before = PollCursor.objects.get().finished_at
    note_answer(timezone.now())

    with django_assert_max_num_queries(8):
        poll_all(odoo_client, [specs.LEAD] * 10)

    assert PollCursor.objects.get().finished_at > before


@pytest.mark.odoo
def test_a_window_in_which_something_may_still_commit_is_read_again(
    lead, odoo_client, behind_its_back
):
    PollCursor.objects.update(moved_at=timezone.now())
    behind_its_back(lead, "After")

    poll_all(odoo_client, [specs.LEAD])

    assert name_of(lead) == "After"


@pytest.mark.odoo
@pytest.mark.parametrize("stale", ["wide_scan_at", "whole_scan_at"])
def test_wide_and_nightly_scans_read_what_has_settled(lead, odoo_client, behind_its_back, stale):
    PollCursor.objects.update(**{stale: timezone.now() - 30 * HOUR})
    behind_its_back(lead, "After")

    poll_all(odoo_client, [specs.LEAD])

    assert name_of(lead) == "After"


@pytest.mark.odoo
def test_the_night_reads_what_was_written_long_ago(lead, odoo_client, behind_its_back):
    PollCursor.objects.update(whole_scan_at=timezone.now() - 30 * HOUR)
    cursor = PollCursor.objects.get()
    PollCursor.objects.update(high_water=cursor.high_water + 100 * HOUR)
    behind_its_back(lead, "After")

    poll_all(odoo_client, [specs.LEAD])

    assert name_of(lead) == "After"
    assert PollCursor.objects.get().whole_scan_at > timezone.now() - HOUR


@pytest.mark.odoo
def test_what_is_new_ends_the_quiet(lead, odoo_client):
    odoo_client.call(
        "crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[lead], vals={"name": "After"}
    )
    before = PollCursor.objects.get()
    PollCursor.objects.update(high_water=before.high_water - dt.timedelta(seconds=5))

    poll_all(odoo_client, [specs.LEAD])

    assert name_of(lead) == "After"
    assert PollCursor.objects.get().moved_at > before.moved_at


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ("2026-11-21 02:59", "2026-11-20 03:00"),
        ("2026-11-21 03:00", "2026-11-21 03:00"),
        ("2026-11-21 23:00", "2026-11-21 03:00"),
    ],
)
@pytest.mark.django_db
def test_the_night_is_that_of_the_business(now, night):
    def here(text):
        return dt.datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)

    assert latest_night(here(now)) == here(night)


@pytest.mark.odoo
def test_a_mirror_that_is_empty_is_not_begun_again(db, odoo_client, django_assert_max_num_queries):
    empty = replace(specs.LEAD, only=(["name", "=", "nobody's"],))
    poll_all(odoo_client, [empty])

    with django_assert_max_num_queries(8):
        poll_all(odoo_client, [empty] * 10)

    assert PollCursor.objects.get().high_water is None
