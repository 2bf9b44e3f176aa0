"""What is made for an order, and the deliveries that wait for it."""

import datetime as dt
from decimal import Decimal

import pytest

from odoo_bridge.commands import FinishProduction, PlanProduction
from odoo_bridge.outbox import enqueue
from portal.testing.mirrors import SaleOrderFactory
from portal.testing.productions import (
    ManufacturingOrderFactory,
    SaleOrderLineFactory,
    in_an_hour,
)
from scheduling.selectors.awaited import Awaited, awaited

pytestmark = pytest.mark.django_db


def made_for(order, **values):
    return ManufacturingOrderFactory(order_line=SaleOrderLineFactory(order=order), **values)


def test_each_order_is_told_what_is_made_for_it_as_it_shall_be():
    order, other = SaleOrderFactory.create_batch(2)
    first, moved = (made_for(order, name=name) for name in ("MO/1", "MO/2"))
    made, half = (made_for(order, name=name, ends_at=first.ends_at) for name in ("MO/3", "MO/4"))
    made_for(order, state="cancel")
    made_for(order, deleted_at=in_an_hour())
    ManufacturingOrderFactory()
    end = first.ends_at - dt.timedelta(hours=1)
    enqueue(
        PlanProduction(production_uuid=moved.uuid, starts_at=first.starts_at, ends_at=end), by=None
    )
    for one, quantity in ((made, 10), (half, 9)):
        enqueue(FinishProduction(production_uuid=one.uuid, quantity=Decimal(quantity)), by=None)

    assert awaited([order.pk, other.pk]) == {
        order.pk: [
            Awaited("MO/2", end, is_done=False),
            Awaited("MO/1", first.ends_at, is_done=False),
            Awaited("MO/3", first.ends_at, is_done=True),
            Awaited("MO/4", first.ends_at, is_done=False),
        ]
    }


@pytest.mark.parametrize(
    ("hours", "is_done", "misses"),
    [
        (1, False, True),
        (0, False, False),
        (-1, False, False),
        (1, True, False),
        (None, False, True),
    ],
)
def test_a_truck_that_leaves_before_the_end_misses_it(hours, is_done, misses):
    leaves_at = in_an_hour()
    ends_at = None if hours is None else leaves_at + dt.timedelta(hours=hours)

    assert Awaited("MO/1", ends_at, is_done).misses(leaves_at) is misses


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_however_many_orders(django_assert_num_queries, number):
    orders = SaleOrderFactory.create_batch(number)
    for order in orders:
        made_for(order)

    with django_assert_num_queries(2):
        assert len(awaited([order.pk for order in orders])) == number
