"""What was shown of a promise that is given up is not shown any more."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from odoo_bridge.commands import MergeDeliveries, SplitDelivery
from odoo_bridge.models import Move, OutboxEntry, Picking
from odoo_bridge.outbox.to_odoo import command_of
from odoo_bridge.signals import mirrors_changed
from portal.core.changes import touch


def take_back(entry: OutboxEntry) -> None:
    """Let the mirrors of a split or a merger that is dropped stand as Odoo has them."""
    way = WAYS.get(entry.command)
    if way is not None:
        way(command_of(entry))


def _take_back_split(command: SplitDelivery) -> None:
    """Let the second transfer be gone, and the goods be where they were."""
    left = [one.move_odoo_id for one in command.goods]
    Move.objects.filter(odoo_id__in=left).update(stays=None)
    part = Picking.objects.filter(uuid=command.part_uuid, odoo_id=None)
    part.update(deleted_at=timezone.now())
    _tell(part)


def _take_back_merger(command: MergeDeliveries) -> None:
    """Let both bring what they brought before."""
    part = Picking.objects.filter(odoo_id=command.part_odoo_id)
    there = Move.objects.filter(picking__in=part).values_list("odoo_id", flat=True)
    born = Move.objects.filter(picking__odoo_id=command.picking_odoo_id, odoo_id=None)
    born.filter(stands_for_odoo_id__in=list(there)).delete()
    part.update(joins=None)
    _tell(part)


def _tell(pickings: QuerySet[Picking]) -> None:
    """Let the jobs follow."""
    keys = list(pickings.values_list("pk", flat=True))
    touch("orders")
    transaction.on_commit(
        lambda: mirrors_changed.send_robust(sender=Picking, keys=keys), robust=True
    )


WAYS: Mapping[str, Callable[[Any], None]] = {
    SplitDelivery.name(): _take_back_split,
    MergeDeliveries.name(): _take_back_merger,
}
