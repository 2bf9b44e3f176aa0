"""What a row says comes into the mirror as it was said, whatever characters it holds."""

import datetime as dt
from decimal import Decimal

import pytest

from odoo_bridge.models import Payment, SaleOrder, SaleOrderLine
from odoo_bridge.sync import specs
from odoo_bridge.tests.sync.test_upsert import row, store

pytestmark = pytest.mark.django_db
HARD = [
    '"',
    "\\",
    "'",
    "{a,b}",
    "NULL",
    "a\nb\tc",
    ", ",
    "%s %(a)s",
    "Köln 🚚 \u2028",
    '\\"',
    " x ",
]


@pytest.mark.parametrize("text", HARD)
def test_a_text_stays_as_it_is(text):
    store(specs.SALE_ORDER_LINE, [row(specs.SALE_ORDER_LINE, 7, name=text), another()])

    line = SaleOrderLine.objects.get(odoo_id=7)
    assert line.text == text
    assert line.remote["name"] == text


def test_a_text_loses_only_the_character_that_stands_between_the_texts():
    said = row(specs.SALE_ORDER_LINE, 7, name='a\x1f"b"')
    store(specs.SALE_ORDER_LINE, [said, another()])

    line = SaleOrderLine.objects.get(odoo_id=7)
    assert (line.text, line.remote["name"]) == ('a"b"', 'a\x1f"b"')
    assert store(specs.SALE_ORDER_LINE, [said]) == []


def another():
    return row(specs.SALE_ORDER_LINE, 8, name="plain")


def test_every_kind_of_value_arrives():
    said = {
        "name": "S1",
        "commitment_date": "2026-11-21 08:30:00",
        "amount_total": 412.005,
        "order_line": [3, 1],
        "invoice_ids": [],
        "partner_id": 5,
    }

    store(specs.SALE_ORDER, [row(specs.SALE_ORDER, 9, **said), row(specs.SALE_ORDER, 10)])

    full, empty = SaleOrder.objects.order_by("odoo_id")
    assert full.promised_at == dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)
    assert (full.total, full.line_ids, full.invoice_ids) == (Decimal("412.00"), [3, 1], [])
    assert (full.customer_odoo_id, full.customer, full.currency_odoo_id) == (5, None, None)
    assert (empty.promised_at, empty.total, empty.line_ids, empty.name) == (None, 0, [], "")
    assert full.remote["amount_total"] == 412.005


def test_yes_and_no_arrive():
    rows = [row(specs.SALE_ORDER_LINE, n, is_delivery=n == 2) for n in (1, 2)]

    store(specs.SALE_ORDER_LINE, rows)

    flags = SaleOrderLine.objects.order_by("odoo_id").values_list("is_delivery_fee", flat=True)
    assert list(flags) == [False, True]


def test_what_only_we_know_of_a_record_stays():
    order = SaleOrder.objects.create()
    Payment.objects.create(odoo_id=4, order=order)

    store(specs.PAYMENT, [row(specs.PAYMENT, 4, name="PAY1")])

    payment = Payment.objects.get()
    assert (payment.name, payment.order) == ("PAY1", order)
