"""Two transfers of a real Odoo become one again."""

from decimal import Decimal

import pytest

from odoo_bridge.models import Move
from odoo_bridge.tests.outbox.splits import (
    first_of,
    here,
    loads_of,
    merge,
    split,
    stock,
    stocked,
)

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


@pytest.fixture
def halves(yard, send):
    """Return an order of ten whose transfer was split in Odoo, and both mirrors."""

    def make(**values):
        [sold] = yard.sold(**{"quantity": 10, **values})
        loads = loads_of(yard, sold)
        part, command = split(first_of(sold), 3)
        [entry] = send(command)
        assert entry.state == "DONE", entry.last_error
        entry.delete()  # what Odoo has done is never sent again
        part.refresh_from_db()
        return sold, loads, first_of(sold), part

    return make


@pytest.mark.parametrize("in_stock", [0, 6, 20])
def test_the_goods_go_back_with_what_is_reserved_for_them(yard, send, send_again, halves, in_stock):
    product = yard.product(is_storable=True, invoice_policy="delivery")
    if in_stock:
        stocked(yard, product, in_stock)
    sold, loads, whole, part = halves(product=product)
    reserved = stock(yard, product)
    command = merge(whole, part)
    assert here(whole) == [(7, True), (3, False)]
    part.refresh_from_db()
    assert part.joins == whole

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    assert loads.brings(whole.odoo_id) == [(product, 7), (product, 3)]
    assert [one["id"] for one in loads.pickings()] == [whole.odoo_id]
    emptied = yard.row("stock.picking", part.odoo_id, "state", "sale_id")
    assert (emptied["state"], emptied["sale_id"]) == ("cancel", False)
    assert stock(yard, product) == reserved == (in_stock, min(in_stock, 10))
    assert here(whole) == [(7, True), (3, True)]
    assert (here(part), part.state, part.joins) == ([], "cancel", None)
    assert Move.objects.count() == 2
    assert send_again() == []
    [done] = send(sold.complete())
    assert done.state == "DONE", done.last_error
    assert stock(yard, product) == (in_stock - 10, 0)
    assert [one["amount_total"] for one in yard.invoices(sold)] == [1000]


def test_what_was_merged_is_split_again(yard, send, halves):
    _sold, loads, whole, part = halves()
    send(merge(whole, part))
    third, command = split(whole, 7, 1)

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    first, last = loads.pickings()
    assert loads.brings(first["id"]) == [(yard.oak, 2)]
    assert sorted(loads.brings(last["id"])) == [(yard.oak, 1), (yard.oak, 7)]
    assert sorted(here(third)) == [(1, True), (7, True)]


@pytest.mark.parametrize(
    ("act", "words"),
    [("button_validate", "is done in Odoo already."), ("action_cancel", "was cancelled in Odoo.")],
)
@pytest.mark.parametrize("which", [0, 1], ids=["whole", "part"])
def test_what_is_over_is_merged_with_nothing(yard, send, halves, act, words, which):
    _sold, loads, whole, part = halves()
    over = [whole, part][which].odoo_id
    ids = [move["id"] for move in loads.moves(over)]
    yard.do("stock.move", "write", ids, vals={"quantity": [7, 3][which], "picked": True})
    context = {"skip_sms": True, "skip_backorder": True}
    yard.do("stock.picking", act, [over], context=context)

    [entry] = send(merge(whole, part))

    assert entry.state == "PARKED"
    assert entry.last_error.endswith(words)
    assert [quantity for one in (whole, part) for _, quantity in loads.brings(one.odoo_id)] == [
        7,
        3,
    ]


def test_what_goes_elsewhere_now_is_not_merged(yard, send, halves):
    _sold, loads, whole, part = halves()
    elsewhere = yard.make("res.partner", name="Bob's barn")
    yard.do("stock.picking", "write", [part.odoo_id], vals={"partner_id": elsewhere})

    [entry] = send(merge(whole, part))

    assert (entry.state, entry.failed_step) == ("PARKED", "stock.picking.write")
    assert "do not go from and to the same places in Odoo any more." in entry.last_error
    assert loads.brings(part.odoo_id) == [(yard.oak, 3)]


def test_what_was_added_to_the_part_in_odoo_comes_along(yard, send, halves):
    _sold, loads, whole, part = halves()
    [move] = loads.moves(part.odoo_id)
    yard.do("stock.move", "write", [move["id"]], vals={"product_uom_qty": 5})

    [entry] = send(merge(whole, part))

    assert entry.state == "DONE", entry.last_error
    assert loads.brings(whole.odoo_id) == [(yard.oak, 7), (yard.oak, 5)]
    assert here(whole) == [(7, True), (Decimal(5), True)]


def test_what_was_taken_off_the_part_in_odoo_meanwhile_is_shown_nowhere(yard, send, halves):
    _sold, loads, whole, part = halves()
    command = merge(whole, part)
    assert here(whole) == [(7, True), (3, False)]
    yard.do("stock.move", "unlink", [move["id"] for move in loads.moves(part.odoo_id)])

    [entry] = send(command)

    assert entry.state == "DONE", entry.last_error
    assert loads.brings(whole.odoo_id) == [(yard.oak, 7)]
    assert here(whole) == [(7, True)]
