"""Creating once, on a real Odoo 19."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from odoo_bridge.client import Kind, OdooOverloaded, OdooRejected, OutcomeUnknown, external_id, load
from odoo_bridge.tests.client.real import (
    ADMIN_ID,
    INSTANCE,
    MODULE,
    any_request,
    lead_key,
    load_leads,
    read,
    search,
)
from portal.local.faulty_faults import DROP_ANSWER, DUPLICATE
from portal.local.faulty_proxy import FaultyProxy

pytestmark = pytest.mark.odoo


def test_emoji_and_line_breaks_arrive_and_control_characters_are_left_out(odoo_client):
    [lead] = load_leads(
        odoo_client,
        [lead_key(), "Zoë 🚚\x00\x1b", "one\ntwo"],
        columns=("id", "name", "description"),
    )

    row = read(odoo_client, "crm.lead", lead, "name", "description")
    assert row["name"] == "Zoë 🚚"
    assert "one" in row["description"]


def test_loading_twice_creates_once_and_leaves_later_edits_alone(odoo_client):
    key = lead_key()
    first = load_leads(odoo_client, [key, "One"])
    odoo_client.call(
        "crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=first, vals={"name": "By hand"}
    )

    second = load_leads(odoo_client, [key, "One again"])

    assert first == second
    assert read(odoo_client, "crm.lead", first[0], "name")["name"] == "By hand"
    model = odoo_client.call(
        "ir.model.data",
        "check_object_reference",
        kind=Kind.READ,
        module=MODULE,
        xml_id=key.partition(".")[2],
    )
    assert model == ["crm.lead", first[0]]


def test_ids_come_in_the_order_of_the_rows(odoo_client):
    keys = [lead_key() for _ in range(3)]
    ids = load_leads(odoo_client, *[[key, "One of three"] for key in keys])

    assert load_leads(odoo_client, *[[key, "again"] for key in reversed(keys)]) == ids[::-1]


def test_values_arrive_as_they_were(odoo_client):
    deadline = dt.date(2026, 12, 24)
    [lead] = load_leads(
        odoo_client,
        [lead_key(), "Values", deadline, 0, 1, False],
        columns=("id", "name", "date_deadline", "expected_revenue", "user_id/.id", "active"),
    )

    row = read(
        odoo_client, "crm.lead", lead, "date_deadline", "expected_revenue", "user_id", "active"
    )
    assert row["date_deadline"] == deadline.isoformat()
    assert row["expected_revenue"] == 0
    assert row["user_id"] == 1
    assert row["active"] is False


def test_an_order_comes_with_its_lines_and_its_moment_in_utc(odoo_client):
    at = dt.datetime(2026, 12, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    [product] = odoo_client.call(
        "product.product", "search_read", kind=Kind.READ, domain=[], fields=[], limit=1
    )
    order, line, other = (external_id(INSTANCE, kind, uuid4()) for kind in ("order", "l", "l"))
    columns = ["id", "partner_id/.id", "commitment_date", "order_line/id"]
    columns += ["order_line/product_id/.id", "order_line/product_uom_qty"]
    rows = [
        [order, 1, at, line, product["id"], 2.5],
        [None, None, None, other, product["id"], 1],
    ]

    ids = [load(odoo_client, "sale.order", columns, rows, module=MODULE) for _ in range(2)]

    assert ids[0] == ids[1]
    row = read(odoo_client, "sale.order", ids[0][0], "commitment_date", "order_line")
    assert row["commitment_date"] == "2026-12-24 14:00:00"
    assert len(row["order_line"]) == 2


def test_one_bad_row_creates_nothing_and_odoo_says_why(odoo_client):
    good, bad = lead_key(), lead_key()

    with pytest.raises(OdooRejected) as refused:
        load_leads(
            odoo_client,
            [good, "Good", "1"],
            [bad, "Bad", "nonsense"],
            columns=("id", "name", "priority"),
        )

    assert type(refused.value) is OdooRejected
    assert "nonsense" in refused.value.reason
    assert (
        odoo_client.call(
            "ir.model.data",
            "search_count",
            kind=Kind.READ,
            domain=[["module", "=", MODULE], ["name", "=", good.partition(".")[2]]],
        )
        == 0
    )


def test_many_loads_of_one_external_id_at_once_make_one_record(odoo_client):
    key, senders = lead_key(), 8
    start = threading.Barrier(senders)

    def send(_):
        start.wait()
        try:
            return load_leads(odoo_client, [key, f"Race for {key}"])
        except OdooOverloaded as lost:
            return lost

    with ThreadPoolExecutor(senders) as pool:
        outcomes = list(pool.map(send, range(senders)))

    assert len(search(odoo_client, [["name", "=", f"Race for {key}"]])) == 1
    winners = [outcome for outcome in outcomes if isinstance(outcome, list)]
    assert winners
    assert all(winner == winners[0] for winner in winners)
    assert load_leads(odoo_client, [key, "the next try"]) == winners[0]


def test_a_lost_answer_leaves_one_record_however_often_it_is_lost(odoo, odoo_client):
    key = lead_key()
    with FaultyProxy(odoo.url) as proxy:
        proxy.rule(DROP_ANSWER, when=any_request, times=2)
        proxy.rule(DUPLICATE, when=any_request)
        through = replace(odoo_client, base_url=proxy.url, user=ADMIN_ID)  # known, so no log-in

        for _ in range(2):
            with pytest.raises(OutcomeUnknown):
                load_leads(through, [key, f"Lost {key}"])
        ids = load_leads(through, [key, f"Lost {key}"])

        assert [call.forwarded for call in proxy.calls] == [1, 1, 2]
    assert search(odoo_client, [["name", "=", f"Lost {key}"]]) == set(ids)
