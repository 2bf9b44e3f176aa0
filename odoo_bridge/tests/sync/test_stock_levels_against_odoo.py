"""What warehouses hold: the same sums as Odoo's own, and what becomes of a reader in trouble."""

import datetime as dt
import uuid
from decimal import Decimal

import psycopg
import pytest
from django.utils import timezone

from odoo_bridge.client import Kind, Protocol
from odoo_bridge.models import (
    Breaker,
    JournalBalance,
    Move,
    PollCursor,
    Product,
    StockLevel,
    Warehouse,
)
from odoo_bridge.sync import levels, poll, specs
from odoo_bridge.sync.levels import read_levels
from odoo_bridge.tests.sync.words import act, create, poll_all_of
from portal.core.models import Change
from portal.local import postgres
from portal.local.faulty_calls import of_method
from portal.local.faulty_faults import answer_with
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
FOR_STOCK = (specs.PRODUCT, specs.WAREHOUSE, specs.MOVE)
FOR_MONEY = (specs.CURRENCY, specs.COMPANY, specs.JOURNAL)


def stock(client, warehouse, product, quantity):
    """Count what a warehouse holds of a product, as a person does in Odoo."""
    quant = create(
        client,
        "stock.quant",
        product_id=product,
        location_id=warehouse.stock_location_odoo_id,
        inventory_quantity=quantity,
    )
    act(client, "stock.quant", "action_apply_inventory", quant)


def new_product(client):
    return create(
        client, "product.product", name=f"Oak {uuid.uuid4()}", type="consu", is_storable=True
    )


@pytest.fixture
def warehouse(odoo_client):
    """Return the main warehouse, all that moves and the levels being read once."""
    poll_all_of(odoo_client, *FOR_STOCK)
    assert read_levels(odoo_client)
    return Warehouse.objects.get(code="WH")


def on_hand(product):
    return list(
        StockLevel.objects.filter(product_odoo_id=product).values_list(
            "warehouse_odoo_id", "on_hand", "reserved"
        )
    )


def look_again(client):
    """Read what moved meanwhile, and the levels of that."""
    poll.poll(specs.MOVE, client)
    assert read_levels(client)


def test_the_levels_of_all_products_are_odoo_s_own(odoo_client, warehouse):
    kits = odoo_client.call(
        "mrp.bom",
        "search_read",
        kind=Kind.READ,
        domain=[["type", "=", "phantom"]],
        fields=["product_tmpl_id"],
        load=None,
    )
    theirs = odoo_client.call(
        "product.product",
        "search_read",
        kind=Kind.READ,
        domain=[["product_tmpl_id", "not in", [kit["product_tmpl_id"] for kit in kits]]],
        fields=["qty_available"],
    )
    ours = dict.fromkeys((row["id"] for row in theirs), Decimal(0))
    for level in StockLevel.objects.select_related("product", "warehouse"):
        ours[level.product_odoo_id] += level.on_hand
        assert level.product.odoo_id == level.product_odoo_id
        assert level.warehouse.odoo_id == level.warehouse_odoo_id

    assert ours == {row["id"]: Decimal(str(row["qty_available"])) for row in theirs}
    assert len([amount for amount in ours.values() if amount]) > 10


def test_the_sums_are_those_of_the_rows_in_odoo_s_database(odoo, warehouse):
    server = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)
    with psycopg.connect(server) as session:
        theirs = session.execute(
            """
            select product_id, warehouse_id, sum(quantity), sum(reserved_quantity)
              from stock_quant join stock_location place on place.id = stock_quant.location_id
             where place.usage = 'internal' and warehouse_id is not null
             group by 1, 2 having sum(quantity) <> 0 or sum(reserved_quantity) <> 0
            """
        ).fetchall()

    ours = StockLevel.objects.values_list(
        "product_odoo_id", "warehouse_odoo_id", "on_hand", "reserved"
    )
    assert sorted(ours) == sorted((p, w, Decimal(h), Decimal(r)) for p, w, h, r in theirs)
    assert StockLevel.objects.filter(reserved__gt=0).exists()


def test_only_what_has_moved_is_read_again(odoo, odoo_client, warehouse):
    product = new_product(odoo_client)
    stock(odoo_client, warehouse, product, 5)
    poll.poll(specs.MOVE, odoo_client)
    Move.objects.exclude(product_odoo_id=product).update(seen_at=None)
    unmoved = StockLevel.objects.exclude(product_odoo_id=product)
    before = set(unmoved.values_list("read_at", flat=True))
    with FaultyProxy(odoo.url) as proxy:
        assert read_levels(odoo.client(base_url=proxy.url))

    assert on_hand(product) == [(warehouse.odoo_id, 5, 0)]
    asked = [call.body["domain"] for call in proxy.calls if call.model == "stock.quant"]
    assert [domain[-1] for domain in asked] == [["product_id", "in", [product]]]
    assert set(unmoved.values_list("read_at", flat=True)) == before


def test_when_nothing_moves_odoo_is_not_asked_for_stock(odoo, odoo_client, warehouse):
    Move.objects.update(seen_at=None)
    with FaultyProxy(odoo.url) as proxy:
        assert read_levels(odoo.client(base_url=proxy.url))

    assert [call for call in proxy.calls if call.model == "stock.quant"] == []


def test_what_is_promised_is_reserved_and_what_is_gone_has_no_level(odoo_client, warehouse):
    product = new_product(odoo_client)
    stock(odoo_client, warehouse, product, 5)
    order = sell(odoo_client, warehouse, product, 5)
    look_again(odoo_client)
    assert on_hand(product) == [(warehouse.odoo_id, 5, 5)]
    assert StockLevel.objects.get(product_odoo_id=product).product is None  # not read yet

    deliver(odoo_client, order)
    look_again(odoo_client)

    assert on_hand(product) == []


def sell(client, warehouse, product, quantity):
    customer = create(client, "res.partner", name="Ann Miller")
    order = create(
        client,
        "sale.order",
        partner_id=customer,
        warehouse_id=warehouse.odoo_id,
        order_line=[[0, 0, {"product_id": product, "product_uom_qty": quantity}]],
    )
    act(client, "sale.order", "action_confirm", order)
    return order


def deliver(client, order):
    [picking] = client.call(
        "stock.picking",
        "search_read",
        kind=Kind.READ,
        domain=[["sale_id", "=", order]],
        fields=["id"],
    )
    context = {"skip_sms": True, "skip_backorder": True}
    act(client, "stock.picking", "button_validate", picking["id"], context=context)


def test_a_sweep_finds_what_no_move_told_of(odoo, odoo_client, warehouse):
    gone = StockLevel.objects.first()
    gone.delete()
    ghost = StockLevel.objects.create(
        product_odoo_id=10**6, warehouse_odoo_id=1, on_hand=9, read_at=timezone.now()
    )
    Move.objects.update(seen_at=None)
    assert read_levels(odoo_client)
    assert StockLevel.objects.filter(pk=ghost.pk).exists()

    PollCursor.objects.filter(mirror="StockLevel").update(
        wide_scan_at=timezone.now() - levels.SWEEP_EVERY
    )
    Change.objects.all().delete()
    assert read_levels(odoo_client)

    assert not StockLevel.objects.filter(pk=ghost.pk).exists()
    assert on_hand(gone.product_odoo_id) == [(gone.warehouse_odoo_id, gone.on_hand, gone.reserved)]
    assert Change.objects.filter(topic="stock").exists()


def test_pages_are_not_told_of_levels_that_stayed(odoo_client, warehouse):
    PollCursor.objects.filter(mirror="StockLevel").update(wide_scan_at=None)
    Change.objects.all().delete()

    assert read_levels(odoo_client)

    assert not Change.objects.filter(topic="stock").exists()


def test_an_odoo_that_is_away_changes_nothing_and_is_counted(odoo, odoo_client, warehouse):
    kept = list(StockLevel.objects.values())
    PollCursor.objects.update(wide_scan_at=None)
    with FaultyProxy(odoo.url) as proxy:
        proxy.down()
        client = odoo.client(base_url=proxy.url)
        for _ in range(3):
            assert not read_levels(client)
        assert Breaker.objects.get().opened_at
        proxy.up()
        assert not read_levels(client)  # the breaker spares Odoo until the next probe

    assert list(StockLevel.objects.values()) == kept


def test_a_sum_that_odoo_refuses_says_so_and_holds_nobody_up(odoo, odoo_client):
    poll_all_of(odoo_client, *FOR_MONEY)
    with FaultyProxy(odoo.url) as proxy:
        proxy.rule(answer_with(415), when=of_method("stock.quant", "formatted_read_group"))
        assert read_levels(odoo.client(base_url=proxy.url))

    assert PollCursor.objects.get(mirror="StockLevel").trouble
    assert JournalBalance.objects.exists()


def test_two_readers_do_not_read_the_levels_at_once(odoo_client, warehouse):
    taken = poll.lease("StockLevel", now=timezone.now())

    assert levels.read_leased("StockLevel", levels.read_stock_levels, odoo_client) is None
    assert PollCursor.objects.get(mirror="StockLevel").fence == taken.fence


def test_a_reader_whose_lease_ran_out_stores_nothing(odoo_client, warehouse):
    StockLevel.objects.all().delete()
    hour_ago = timezone.now() - dt.timedelta(hours=1)

    def slow(client, cursor, now):
        PollCursor.objects.update(leased_until=hour_ago, wide_scan_at=None)
        assert poll.lease("StockLevel", now=now)
        cursor.wide_scan_at = None
        return levels.read_stock_levels(client, cursor, now)

    assert levels.read_leased("StockLevel", slow, odoo_client) == 0
    assert not StockLevel.objects.exists()
    assert Product.objects.exists()


def test_an_older_odoo_is_asked_in_its_own_way_and_says_the_same(odoo, odoo_client, warehouse):
    product = new_product(odoo_client)
    stock(odoo_client, warehouse, product, 7)
    older = odoo.client(protocol=Protocol.JSON_RPC, user=2)

    assert levels.stock_in_odoo(older, None) == levels.stock_in_odoo(odoo_client, None)
    assert sum(held for held, _ in levels.stock_in_odoo(older, [product]).values()) == 7
