"""How transfers are split and handed each other's moves, in the small Odoo and in a real one."""

import pytest

from odoo_bridge.client import Kind, OdooRejected, OdooUnsupported
from odoo_bridge.tests.simulation.two_odoos import Small

PICKING, MOVE = "stock.picking", "stock.move"


def rows(world, model, domain, *fields):
    found = {"domain": domain, "fields": list(fields), "order": "id", "load": None}
    return world.client.call(model, "search_read", kind=Kind.READ, **found)


def make(world, model, **values):
    [made] = world.client.call(model, "create", kind=Kind.WRITE, vals_list=[values])
    return made


def do(world, method, picking, **params):
    call = world.client.call
    return call(PICKING, method, kind=Kind.WRITE_RECORDS, ids=[picking], **params)


def transfer(world, *quantities):
    """Make a transfer of so much of as many products; return it with its moves."""
    if isinstance(world, Small):
        picking = make(world, PICKING, state="assigned")
        for one in quantities:
            values = {"product_uom_qty": one, "quantity": one, "state": "assigned"}
            make(world, MOVE, picking_id=picking, **values)
    else:
        [kind, *_] = rows(world, "stock.picking.type", [["code", "=", "outgoing"]])
        picking = make(world, PICKING, picking_type_id=kind["id"])
        [places] = rows(world, PICKING, [["id", "=", picking]], "location_id", "location_dest_id")
        del places["id"]
        for number, one in enumerate(quantities):
            product = make(world, "product.product", name=f"Oak {number}", type="consu")
            values = {"product_id": product, "product_uom_qty": one, **places}
            make(world, MOVE, picking_id=picking, **values)
        do(world, "action_confirm", picking)
        do(world, "action_assign", picking)
    return picking, moves_of(world, picking)


def moves_of(world, picking):
    return rows(world, MOVE, [["picking_id", "=", picking]], "product_uom_qty", "quantity", "state")


def set_quantities(world, picking, moves, *quantities):
    pairs = zip(moves, quantities, strict=True)
    commands = [[1, move["id"], {"quantity": quantity}] for move, quantity in pairs]
    do(world, "write", picking, vals={"move_ids": commands})


def part_of(world, picking):
    [part] = rows(world, PICKING, [["backorder_id", "=", picking]], "state")
    return part


def amounts(moves):
    return [(move["product_uom_qty"], move["quantity"]) for move in moves]


def test_what_is_not_reserved_goes_on_a_transfer_of_its_own(world):
    picking, moves = transfer(world, 10, 4)
    set_quantities(world, picking, moves, 7, 0)

    do(world, "action_split_transfer", picking)

    assert amounts(moves_of(world, picking)) == [(7, 7)]
    part = part_of(world, picking)
    assert part["state"] == "assigned"
    assert sorted(amounts(moves_of(world, part["id"]))) == [(3, 3), (4, 4)]
    [whole] = rows(world, MOVE, [["id", "=", moves[1]["id"]]], "picking_id")
    assert whole["picking_id"] == part["id"]
    with pytest.raises(OdooRejected):  # so that a second one does nothing
        do(world, "action_split_transfer", picking)


@pytest.mark.parametrize("quantity", [0, 10, 11])
def test_nothing_all_and_more_are_no_split(world, quantity):
    picking, moves = transfer(world, 10)
    set_quantities(world, picking, moves, quantity)

    with pytest.raises(OdooRejected):
        do(world, "action_split_transfer", picking)

    assert rows(world, PICKING, [["backorder_id", "=", picking]]) == []


def test_moves_go_back_and_the_emptied_transfer_is_cancelled(world):
    picking, moves = transfer(world, 10)
    set_quantities(world, picking, moves, 7)
    do(world, "action_split_transfer", picking)
    part = part_of(world, picking)["id"]
    came = [[4, move["id"]] for move in moves_of(world, part)]

    for _twice in range(2):
        do(world, "write", picking, vals={"move_ids": came})
        do(world, "action_cancel", part)

    assert amounts(moves_of(world, picking))[0] == (7, 7)
    assert [demand for demand, _held in amounts(moves_of(world, picking))] == [7, 3]
    assert moves_of(world, part) == []
    assert part_of(world, picking)["state"] == "cancel"


def test_what_is_cancelled_holds_nothing(world):
    picking, _moves = transfer(world, 10)

    do(world, "action_cancel", picking)

    assert [(one["quantity"], one["state"]) for one in moves_of(world, picking)] == [(0, "cancel")]


def test_nothing_else_is_split(world):
    with pytest.raises(OdooUnsupported):
        world.client.call("res.partner", "action_split_transfer", kind=Kind.WRITE_RECORDS, ids=[1])
