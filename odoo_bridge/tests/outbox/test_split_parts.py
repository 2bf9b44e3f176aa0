"""Which move of a part brings what was split off."""

import uuid
from decimal import Decimal

from odoo_bridge.commands import Parting
from odoo_bridge.outbox.handlers.split_delivery import Transfers, part_in


def a_move(key, picking, product, quantity):
    amounts = {"product_uom_qty": quantity, "product_qty": quantity}
    return {"id": key, "picking_id": picking, "product_id": product, "sale_line_id": 1, **amounts}


def test_a_move_of_another_product_brings_nothing_of_it():
    """Odoo may list the moves of a part in any order."""
    moves = [a_move(10, 1, 7, 6), a_move(20, 2, 8, 4), a_move(21, 2, 7, 4)]
    seen = Transfers({}, [2], {move["id"]: move for move in moves})
    gone = Parting(move_uuid=uuid.uuid4(), move_odoo_id=10, demand=Decimal(10), leaves=Decimal(4))

    part = part_in(seen, [gone])

    assert (part.picking, part.moves) == (2, {gone.move_uuid: 21})
