"""A delivery that Odoo shall split, or merge again, as it is shown until Odoo has done that."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from odoo_bridge.commands import MergeDeliveries, Parting, SplitDelivery
from odoo_bridge.models import Move, Picking
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.core.changes import touch


@transaction.atomic
def promise_split(*, picking: Picking, leaves: Mapping[int, Decimal], by: User | None) -> Picking:
    """Make the mirror of the second transfer with its moves, and the promise, together.

    ``leaves`` says how much of each move goes, in its unit, by the key of its mirror.

    :raises LookupError: Odoo does not know the order, the transfer or a move of it yet.
    """
    order = picking.order
    if order is None:
        raise LookupError(f"{picking} is of no order")
    part = Picking.objects.create(
        state=picking.state,
        kind=picking.kind,
        order=order,
        order_odoo_id=picking.order_odoo_id,
        destination=picking.destination,
        destination_odoo_id=picking.destination_odoo_id,
        scheduled_at=picking.scheduled_at,
        company=picking.company,
        company_odoo_id=picking.company_odoo_id,
        part_of=picking,
        part_of_odoo_id=picking.known_odoo_id,
    )
    moves = Move.objects.filter(pk__in=leaves).order_by("pk")
    command = SplitDelivery(
        order_uuid=order.uuid,
        order_odoo_id=order.known_odoo_id,
        picking_odoo_id=picking.known_odoo_id,
        part_uuid=part.uuid,
        goods=tuple(_let_go(move, leaves[move.pk], part) for move in moves.select_for_update()),
    )
    enqueue(command, by=by)
    touch("orders")
    return part


@transaction.atomic
def promise_merger(*, whole: Picking, part: Picking, by: User | None) -> None:
    """Let what the part brings stand with the other transfer, and promise it, together.

    :raises LookupError: Odoo does not know the order or one of the transfers yet.
    """
    order = whole.order
    if order is None:
        raise LookupError(f"{whole} is of no order")
    for move in Move.objects.filter(picking=part, odoo_id__in=part.move_ids).order_by("pk"):
        born_like(move, move.demand, whole, stands_for_odoo_id=move.odoo_id)
    part.joins = whole
    part.save(update_fields=["joins"])
    command = MergeDeliveries(
        order_uuid=order.uuid,
        order_odoo_id=order.known_odoo_id,
        picking_odoo_id=whole.known_odoo_id,
        part_odoo_id=part.known_odoo_id,
    )
    enqueue(command, by=by)
    touch("orders")


def _let_go(move: Move, leaves: Decimal, part: Picking) -> Parting:
    """Show so much of a move with the part, and the rest where it was."""
    born = born_like(move, leaves, part)
    move.stays = move.demand - leaves
    move.save(update_fields=["stays"])
    return Parting(
        move_odoo_id=move.known_odoo_id,
        move_uuid=born.uuid,
        demand=move.demand,
        leaves=leaves,
    )


def born_like(
    move: Move, demand: Decimal, picking: Picking, *, stands_for_odoo_id: int | None = None
) -> Move:
    """Make the mirror of a move that Odoo does not have yet."""
    return Move.objects.create(
        picking=picking,
        picking_odoo_id=picking.odoo_id,
        product=move.product,
        product_odoo_id=move.product_odoo_id,
        order_line=move.order_line,
        order_line_odoo_id=move.order_line_odoo_id,
        demand=demand,
        state=move.state,
        stands_for_odoo_id=stands_for_odoo_id,
    )
