"""Windows, pages and fingerprints, on a real Odoo 19."""

import datetime as dt
import time

import pytest

from odoo_bridge.client import (
    Kind,
    after_id,
    all_of,
    any_of,
    fingerprint,
    from_odoo_datetime,
    pages,
    with_ids,
    written_between,
)
from odoo_bridge.tests.client.real import NO_SUCH_ID, new_lead, read, search

pytestmark = pytest.mark.odoo
SECOND = dt.timedelta(seconds=1)


def test_a_window_of_time_is_whole_seconds_whatever_the_microseconds(odoo_client):
    lead = new_lead(odoo_client)
    written = from_odoo_datetime(read(odoo_client, "crm.lead", lead, "write_date")["write_date"])
    assert written is not None

    def found(lo, hi):
        return lead in search(odoo_client, all_of(written_between(lo, hi), with_ids([lead])))

    assert found(written, written + SECOND)
    assert found(written + SECOND / 2, written + SECOND)  # the end is cut as well as the start
    assert not found(written - SECOND, written)
    assert not found(written + SECOND, written + 2 * SECOND)


def test_domains_combine(odoo_client):
    one, two, three = (new_lead(odoo_client) for _ in range(3))
    ours = with_ids([one, two, three])

    either = any_of(all_of(with_ids([one, two]), after_id(one)), with_ids([three]))

    assert search(odoo_client, all_of(ours, either)) == {two, three}


def test_pages_hold_every_record_once_by_rising_id_and_archived_ones_too(odoo_client):
    start = new_lead(odoo_client)
    leads = [new_lead(odoo_client, active=bool(n % 2), user_id=2) for n in range(5)]

    read_pages = list(pages(odoo_client, "crm.lead", ["user_id"], domain=[], after=start, limit=2))

    assert [[row["id"] for row in page] for page in read_pages] == [
        leads[:2],
        leads[2:4],
        leads[4:],
    ]
    assert read_pages[0][0]["user_id"] == 2  # a plain id


def test_a_fingerprint_tells_how_many_how_far_and_how_late(odoo_client):
    leads = [new_lead(odoo_client), new_lead(odoo_client, active=False)]

    print_ = fingerprint(odoo_client, "crm.lead", with_ids(leads))

    written = [read(odoo_client, "crm.lead", lead, "write_date")["write_date"] for lead in leads]
    assert (print_.count, print_.max_id, print_.id_sum) == (2, max(leads), sum(leads))
    assert print_.last_written_at == from_odoo_datetime(max(written))


def test_a_fingerprint_of_nothing(odoo_client):
    print_ = fingerprint(odoo_client, "crm.lead", with_ids([NO_SUCH_ID]))

    assert (print_.count, print_.max_id, print_.id_sum, print_.last_written_at) == (0, 0, 0, None)


def test_a_write_moves_the_fingerprint(odoo_client):
    lead = new_lead(odoo_client)
    before = fingerprint(odoo_client, "crm.lead", with_ids([lead]))
    time.sleep(1.1)

    odoo_client.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[lead], vals={"name": "B"})

    assert fingerprint(odoo_client, "crm.lead", with_ids([lead])) != before
