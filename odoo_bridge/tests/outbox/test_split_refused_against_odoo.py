"""A split that does not fit what Odoo has now is for a person."""

import uuid
from decimal import Decimal

import pytest

from odoo_bridge.commands import Parting, SplitDelivery
from odoo_bridge.models import OutboxEntry
from odoo_bridge.services.drop_entry import drop_entry
from odoo_bridge.services.promise_split import promise_merger, promise_split
from odoo_bridge.tests.outbox.splits import first_of, here, loads_of, merge, split
from portal.testing.mirrors import PickingFactory

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


def parting(move, **values):
    defaults = {"move_uuid": uuid.uuid4(), "demand": Decimal(10), "leaves": Decimal(3)}
    return Parting(move_odoo_id=move, **{**defaults, **values})


def asked(sold, *goods):
    return SplitDelivery(
        order_uuid=sold.uuid,
        order_odoo_id=sold.order,
        picking_odoo_id=sold.picking,
        part_uuid=uuid.uuid4(),
        goods=goods,
    )


def test_who_changed_the_transfer_meanwhile_is_noticed(yard, send):
    [sold] = yard.sold(quantity=10)
    loads = loads_of(yard, sold)
    [move] = loads.moves(sold.picking)
    [line] = yard.rows("sale.order.line", [["order_id", "=", sold.order]])
    yard.do("sale.order.line", "write", [line["id"]], vals={"product_uom_qty": 12})

    [entry] = send(asked(sold, parting(move["id"])))

    assert (entry.state, entry.failed_step) == ("PARKED", "stock.picking.action_split_transfer")
    assert entry.last_error.endswith(
        "was changed in Odoo since it was split here. Look there, drop this, and split it again."
    )
    assert loads.brings(sold.picking) == [(yard.oak, 12)]


def test_what_is_not_on_the_transfer_is_not_split_off_it(yard, send):
    sold, other = yard.sold(2, quantity=10)
    [move] = loads_of(yard, other).moves(other.picking)

    [entry] = send(asked(sold, parting(move["id"])))

    assert entry.state == "PARKED"
    assert "was changed in Odoo" in entry.last_error


@pytest.mark.parametrize(
    ("act", "words"),
    [("button_validate", "is done in Odoo already."), ("action_cancel", "was cancelled in Odoo.")],
)
def test_what_is_over_is_not_split(yard, send, act, words):
    [sold] = yard.sold(quantity=10)
    loads = loads_of(yard, sold)
    [move] = loads.moves(sold.picking)
    yard.do("stock.move", "write", [move["id"]], vals={"quantity": 10, "picked": True})
    context = {"skip_sms": True, "skip_backorder": True}
    yard.do("stock.picking", act, [sold.picking], context=context)

    [entry] = send(asked(sold, parting(move["id"])))

    assert entry.state == "PARKED"
    assert entry.last_error.endswith(words)
    assert len(loads.pickings()) == 1


def test_what_is_being_picked_in_odoo_is_left_alone(yard, send):
    [sold] = yard.sold(quantity=10)
    loads = loads_of(yard, sold)
    [move] = loads.moves(sold.picking)
    yard.do("stock.move", "write", [move["id"]], vals={"quantity": 5, "picked": True})

    [entry] = send(asked(sold, parting(move["id"])))

    assert entry.state == "PARKED"
    assert entry.last_error.endswith(
        "is being picked in Odoo. Finish that there, and try this again."
    )
    assert loads.moves(sold.picking)[0]["quantity"] == 5


def drop(entry, person):
    """Give a promise up."""
    OutboxEntry.objects.filter(pk=entry.pk).update(state=OutboxEntry.State.PARKED)
    drop_entry(entry_id=entry.pk, note="It fits one truck.", by=person("OFFICE"))


def test_a_split_that_is_given_up_leaves_the_goods_where_they_are(yard, queue, person):
    [sold] = yard.sold(quantity=10)
    loads_of(yard, sold)
    part, command = split(first_of(sold), 3)
    [entry] = queue(command)

    drop(entry, person)

    part.refresh_from_db()
    assert part.deleted_at is not None
    assert first_of(sold).moves.get().stays is None


def test_a_merger_that_is_given_up_leaves_two(yard, queue, send, person):
    [sold] = yard.sold(quantity=10)
    loads_of(yard, sold)
    part, command = split(first_of(sold), 3)
    send(command)
    [entry] = queue(merge(first_of(sold), part))
    assert here(first_of(sold)) == [(7, True), (3, False)]

    drop(entry, person)

    assert (here(first_of(sold)), here(part)) == ([(7, True)], [(3, True)])
    assert part.joins is None


def test_a_transfer_of_no_order_is_neither_split_nor_merged():
    alone = PickingFactory(order=None)

    with pytest.raises(LookupError, match="of no order"):
        promise_split(picking=alone, leaves={}, by=None)
    with pytest.raises(LookupError, match="of no order"):
        promise_merger(whole=alone, part=alone, by=None)
