"""Creating many, on a real Odoo 19, with bad ones among them."""

import math
from dataclasses import replace
from uuid import uuid4

import pytest

from odoo_bridge.client import Kind, OdooRejected, external_id, load_in_batches
from odoo_bridge.tests.client.real import ADMIN_ID, INSTANCE, MODULE, lead_key, read
from portal.local.faulty_proxy import FaultyProxy

pytestmark = pytest.mark.odoo
COLUMNS = ["id", "name", "priority"]


def test_three_bad_leads_among_thirty_cost_their_neighbours_nothing(odoo, odoo_client):
    bad = {0, 16, 29}
    records = [[[lead_key(), f"Lead {n}", "nonsense" if n in bad else "1"]] for n in range(30)]

    with FaultyProxy(odoo.url) as proxy:
        through = replace(odoo_client, base_url=proxy.url, user=ADMIN_ID)
        found = list(load_in_batches(through, "crm.lead", COLUMNS, records, module=MODULE))
        calls = len(proxy.calls)

    for n, outcome in enumerate(found):
        if n in bad:
            assert isinstance(outcome, OdooRejected)
            assert "nonsense" in outcome.reason
        else:
            assert read(odoo_client, "crm.lead", outcome, "name")["name"] == f"Lead {n}"
    assert len(found) == len(records)
    assert calls <= 1 + 2 * len(bad) * math.ceil(math.log2(30))


def test_a_second_time_gives_the_same_ids(odoo_client):
    records = [[[lead_key(), "Twice", "1"]] for _ in range(5)]

    first, second = (
        list(load_in_batches(odoo_client, "crm.lead", COLUMNS, records, module=MODULE, size=size))
        for size in (5, 2)
    )

    assert first == second
    assert len(set(first)) == 5


def test_orders_keep_their_lines_beside_one_that_is_bad(odoo_client):
    [product] = odoo_client.call(
        "product.product", "search_read", kind=Kind.READ, domain=[], fields=[], limit=1
    )
    columns = ["id", "partner_id/.id", "order_line/id"]
    columns += ["order_line/product_id/.id", "order_line/product_uom_qty"]

    def order(first_quantity):
        keys = [external_id(INSTANCE, kind, uuid4()) for kind in ("order", "line", "line")]
        return [
            [keys[0], 1, keys[1], product["id"], first_quantity],
            [None, None, keys[2], product["id"], 1],
        ]

    found = list(
        load_in_batches(
            odoo_client, "sale.order", columns, [order(1), order("many"), order(3)], module=MODULE
        )
    )

    assert isinstance(found[1], OdooRejected)
    for outcome in (found[0], found[2]):
        assert len(read(odoo_client, "sale.order", outcome, "order_line")["order_line"]) == 2
