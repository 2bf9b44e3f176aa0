import datetime as dt
from dataclasses import replace

import pytest

from odoo_bridge.client import Fingerprint, OdooUnavailable, Protocol, fingerprint, pages
from odoo_bridge.tests.client.canned import in_html, in_json, returned

WINDOW = [["write_date", ">=", "2026-11-21 00:00:00"]]


def rows(*ids):
    return in_json([{"id": one} for one in ids])


def test_goes_on_after_the_last_id_until_a_page_is_short(server, client):
    server.will_answer(rows(3, 5), rows(8, 9), rows(12))

    read = list(pages(client, "crm.lead", ["name"], domain=WINDOW, limit=2))

    assert [[row["id"] for row in page] for page in read] == [[3, 5], [8, 9], [12]]
    assert [request.body["domain"] for request in server.received] == [
        [*WINDOW, ["id", ">", after]] for after in (0, 5, 9)
    ]
    first = server.received[0].body
    assert (first["order"], first["limit"], first["load"]) == ("id", 2, None)
    assert first["fields"] == ["name"]
    assert first["context"]["active_test"] is False


def test_yields_no_empty_page(server, client):
    server.will_answer(rows(3), rows())

    assert len(list(pages(client, "crm.lead", [], domain=[], limit=1))) == 1


def test_goes_on_where_an_earlier_scan_broke_off(server, client):
    server.will_answer(rows(3), in_html(404))
    scan = pages(client, "crm.lead", [], domain=[], limit=1)

    seen = next(scan)
    with pytest.raises(OdooUnavailable):
        next(scan)
    server.will_answer(rows())
    list(pages(client, "crm.lead", [], domain=[], after=seen[-1]["id"]))

    assert server.received[-1].body["domain"] == [["id", ">", 3]]


def test_a_fingerprint_is_one_small_call(server, client):
    row = {
        "__count": 24,
        "id:max": 31,
        "id:sum": 500,
        "write_date:max": "2026-11-21 01:30:28.176123",
    }
    server.will_answer(in_json([row]))

    print_ = fingerprint(client, "sale.order", WINDOW)

    assert print_ == Fingerprint(24, 31, 500, dt.datetime(2026, 11, 21, 1, 30, 28, tzinfo=dt.UTC))
    assert server.received[0].body["domain"] == WINDOW


def test_a_fingerprint_over_json_rpc_is_asked_for_as_odoo_17_and_18_know_it(server, client):
    row = {"__count": 2, "max_id": 5, "id_sum": 8, "last_written_at": False}
    server.will_answer(returned(Protocol.JSON_RPC, [row]))
    older = replace(client, protocol=Protocol.JSON_RPC, user=2)

    assert fingerprint(older, "sale.order", WINDOW) == Fingerprint(2, 5, 8, None)

    method, _, kwargs = server.received[0].body["params"]["args"][4:]
    assert method == "read_group"
    assert kwargs["domain"] == WINDOW
    assert kwargs["groupby"] == []
    assert kwargs["fields"] == [
        "max_id:max(id)",
        "id_sum:sum(id)",
        "last_written_at:max(write_date)",
    ]


def test_a_fingerprint_of_nothing(server, client):
    row = {"__count": 0, "id:max": False, "id:sum": False, "write_date:max": False}
    server.will_answer(in_json([row]))

    assert fingerprint(client, "sale.order", []) == Fingerprint(0, 0, 0, None)
