"""``SplitDelivery``: a second transfer brings a part of the goods.

What Odoo shows of both says whether an earlier try worked. Odoo splits by the quantities that are
reserved, so they are set to what stays; what is not in stock is given back after.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import Parting, SplitDelivery
from odoo_bridge.models import Move, Picking
from odoo_bridge.outbox.acknowledge import acknowledge_all
from odoo_bridge.outbox.handlers.plan_delivery import refuse_what_is_over
from odoo_bridge.outbox.orders import see_all_of
from odoo_bridge.outbox.quantities import SMALLEST_STEP, is_as_much
from odoo_bridge.outbox.reservations import reserve_anew
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, row_of
from odoo_bridge.sync.specs import PICKING

STEP = "stock.picking.action_split_transfer"
OVER = ("done", "cancel")
OF_MOVES = (
    *("picking_id", "product_id", "sale_line_id", "product_uom_qty", "product_qty", "quantity"),
    *("picked", "state"),
)


@dataclass(frozen=True)
class Transfers:
    """A transfer, those that were split off it, the latest first, and the moves of all, by id."""

    picking: Row
    parts: Sequence[int]
    moves: Mapping[int, Row]

    def of(self, picking: int) -> list[Row]:
        """Return the moves of one of them that are still to be made."""
        moves = [one for one in self.moves.values() if one["picking_id"] == picking]
        return [one for one in moves if one["state"] not in OVER]


@dataclass(frozen=True)
class Part:
    """The second transfer as Odoo has made it, and which of its moves brings what of ours."""

    picking: int
    moves: Mapping[uuid.UUID, int]


def split_delivery(command: SplitDelivery, odoo: Sending) -> Callable[[], None]:
    """Split the transfer; the mirrors that were born here are Odoo's from then on.

    :raises OdooRejected: it is over, or somebody has changed in Odoo what it brings.
    """
    seen = make_true(
        lambda: look(command.picking_odoo_id, odoo),
        lambda seen: part_in(seen, command.goods) is not None,
        lambda seen: split(seen, command.goods, odoo),
        step=STEP,
    )
    part = part_in(seen, command.goods)
    assert part is not None  # noqa: S101 - ``make_true`` returns what holds
    reserve_anew(odoo, [command.picking_odoo_id, part.picking], at=seen.picking["location_id"])
    orders = see_all_of(odoo, command.order_odoo_id)

    def acknowledgement() -> None:
        acknowledge_all(Picking, {command.part_uuid: part.picking})
        acknowledge_all(Move, part.moves)
        left = [one.move_odoo_id for one in command.goods]
        Move.objects.filter(odoo_id__in=left).update(stays=None)
        orders.store()

    return acknowledgement


def look(picking_id: int, odoo: Sending) -> Transfers:
    """Read the transfer, those that were split off it, and all their moves.

    :raises OdooRejected: it is gone.
    """
    picking = row_of(odoo, PICKING, picking_id, called="The transfer", also={"location_id"})
    rows = odoo.read(
        "stock.picking",
        "search_read",
        domain=[["backorder_id", "=", picking_id]],
        fields=[],
        order="id desc",
    )
    parts = [row["id"] for row in rows]
    moves = odoo.read(
        "stock.move",
        "search_read",
        domain=[["picking_id", "in", [picking_id, *parts]]],
        fields=list(OF_MOVES),
        order="id",
        load=None,
    )
    return Transfers(picking, parts, {move["id"]: move for move in moves})


def part_in(seen: Transfers, goods: Sequence[Parting]) -> Part | None:
    """Return the part that brings these goods, if what is left of them is left: the latest one."""
    for picking in seen.parts:
        inside = [one for one in seen.moves.values() if one["picking_id"] == picking]
        found: dict[uuid.UUID, int] = {}
        for one in goods:
            free = (move for move in inside if move["id"] not in found.values())
            move = next((move for move in free if brings(seen, move, one)), None)
            found |= {one.move_uuid: move["id"]} if move else {}
        if len(found) == len(goods):
            return Part(picking, found)
    return None


def brings(seen: Transfers, move: Row, one: Parting) -> bool:
    """Say whether a move of another transfer is what was split off, and the rest is what stays."""
    origin = seen.moves.get(one.move_odoo_id)
    if origin is None or one.leaves == one.demand:
        return bool(move["id"] == one.move_odoo_id)
    if any(move[name] != origin[name] for name in ("product_id", "sale_line_id")):
        return False
    # Odoo rounds what leaves in the unit of the product, and may split it off in that.
    ratio = Decimal(str(origin["product_uom_qty"])) / Decimal(str(origin["product_qty"]))
    step = SMALLEST_STEP * max(ratio, Decimal(1))
    left = Decimal(str(origin["product_uom_qty"]))
    leaves = Decimal(str(move["product_qty"])) * ratio
    return abs(leaves - one.leaves) < step and abs(left + one.leaves - one.demand) < step


def split(seen: Transfers, goods: Sequence[Parting], odoo: Sending) -> None:
    """Let Odoo make the second transfer.

    :raises OdooRejected: the transfer is over, or is not as the person saw it any more.
    """
    refuse_what_is_over(seen.picking)
    refuse_changes(seen, goods)
    set_what_stays(seen, goods, odoo)
    # Once it has landed there is nothing to split, until the quantities are changed again: then a
    # late one would split off what is not in stock.
    odoo.write(
        "stock.picking",
        "action_split_transfer",
        repeat=Repeat.LATE,
        ids=[seen.picking["id"]],
    )


def refuse_changes(seen: Transfers, goods: Sequence[Parting]) -> None:
    """:raises OdooRejected: what is to leave is not there any more, or is being picked."""
    inside, name = {move["id"]: move for move in seen.of(seen.picking["id"])}, seen.picking["name"]
    for one in goods:
        move = inside.get(one.move_odoo_id)
        if move is None or not is_as_much(move["product_uom_qty"], one.demand):
            raise OdooRejected(
                f"Transfer {name} was changed in Odoo since it was split here. Look there, drop "
                f"this, and split it again.",
                STEP,
            )
    if any(move["picked"] for move in inside.values()):
        raise OdooRejected(
            f"Transfer {name} is being picked in Odoo. Finish that there, and try this again.", STEP
        )


def set_what_stays(seen: Transfers, goods: Sequence[Parting], odoo: Sending) -> None:
    """Let Odoo reserve what stays, and no more: what is left out of that is what it splits off."""
    leaves = defaultdict(float, {one.move_odoo_id: float(one.leaves) for one in goods})
    wanted = {
        move["id"]: round(move["product_uom_qty"] - leaves[move["id"]], 4)
        for move in seen.of(seen.picking["id"])
    }
    if all(is_as_much(seen.moves[key]["quantity"], most) for key, most in wanted.items()):
        return
    # A late one would hold, of what was reserved anew after the split, more than there is.
    odoo.write(
        "stock.picking",
        "write",
        repeat=Repeat.LATE,
        ids=[seen.picking["id"]],
        vals={"move_ids": [[1, key, {"quantity": most}] for key, most in wanted.items()]},
    )
