"""Loads are split and merged once in a real Odoo, whatever happens to a call or to the worker."""

import pytest

from odoo_bridge.tests.outbox.impatience import LATE_ANSWER, ZOMBIE
from odoo_bridge.tests.outbox.splits import first_of, here, loads_of, merge, split, stock, stocked
from portal.local.faulty_faults import (
    BAD_GATEWAY,
    DROP_ANSWER,
    DROP_BEFORE,
    DUPLICATE,
    TRUNCATE,
)

LATER = (DROP_BEFORE, DUPLICATE, TRUNCATE, BAD_GATEWAY, LATE_ANSWER)
IN_STOCK = 6
every_fault = pytest.mark.parametrize(
    "fault",
    [DROP_ANSWER, ZOMBIE, *(pytest.param(fault, marks=pytest.mark.long) for fault in LATER)],
    ids=lambda fault: fault.name,
)


def to_split(yard):
    """Return an order of ten of a product of which there are six."""
    product = yard.product(is_storable=True)
    stocked(yard, product, IN_STOCK)
    [sold] = yard.sold(product=product, quantity=10)
    return sold, loads_of(yard, sold), product


def split_once(yard, loads, product):
    """Assert Odoo's own records: seven, and three, and no more reserved than there is."""
    first, second = loads.pickings()
    assert loads.brings(first["id"]) == [(product, 7)]
    assert loads.brings(second["id"]) == [(product, 3)]
    assert stock(yard, product) == (IN_STOCK, IN_STOCK)


@pytest.mark.odoo
@pytest.mark.django_db
@every_fault
@pytest.mark.parametrize(
    "target",
    [
        "stock.picking.write",
        "stock.picking.action_split_transfer",
        "stock.move.write",
        "stock.picking.action_assign",
    ],
)
def test_a_load_is_split_once(yard, survive, fault, target):
    sold, loads, product = to_split(yard)
    part, command = split(first_of(sold), 3)

    survive(command, fault, target)

    split_once(yard, loads, product)
    assert here(part) == [(3, True)]


@pytest.mark.odoo
@pytest.mark.django_db
@every_fault
@pytest.mark.parametrize("target", ["stock.picking.write", "stock.picking.action_cancel"])
def test_loads_are_merged_once(yard, survive, send, fault, target):
    sold, loads, product = to_split(yard)
    part, command = split(first_of(sold), 3)
    [entry] = send(command)
    entry.delete()

    survive(merge(first_of(sold), part), fault, target)

    assert loads.brings(sold.picking) == [(product, 7), (product, 3)]
    assert [one["id"] for one in loads.pickings()] == [sold.picking]
    assert here(first_of(sold)) == [(7, True), (3, True)]
    assert stock(yard, product) == (IN_STOCK, IN_STOCK)


@pytest.mark.odoo
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_whenever_the_worker_is_killed_a_load_is_split_once(kill_everywhere, yard):
    made = []

    def make(count):
        made.extend(new := [to_split(yard) for _ in range(count)])
        return [split(first_of(sold), 3)[1] for sold, _loads, _product in new]

    kill_everywhere(make)

    assert len(made) > 10
    for _sold, loads, product in made:
        split_once(yard, loads, product)
