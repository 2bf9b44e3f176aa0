"""``MergeDeliveries``: a transfer brings what another one was to bring.

Odoo has no button for it. The moves go over with what is reserved for them, in one write, and the
transfer that has none left is cancelled; so nothing is ever asked for twice, or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import MergeDeliveries
from odoo_bridge.models import Move, Picking
from odoo_bridge.outbox.handlers.plan_delivery import refuse_what_is_over
from odoo_bridge.outbox.handlers.refuse_delivery import call_off
from odoo_bridge.outbox.orders import see_all_of
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, row_of
from odoo_bridge.sync.specs import PICKING
from odoo_bridge.sync.upsert import upsert

STEP = "stock.picking.write"
ALIKE = ("partner_id", "picking_type_id", "location_id", "location_dest_id")


@dataclass(frozen=True)
class Two:
    """A transfer, and the one whose goods it shall bring."""

    whole: Row
    part: Row


def merge_deliveries(command: MergeDeliveries, odoo: Sending) -> Callable[[], None]:
    """Merge them; what stood here for the goods that come is Odoo's from then on.

    :raises OdooRejected: one of them is over, or they go to different places.
    """
    make_true(
        lambda: look(command, odoo),
        lambda two: not two.part["move_ids"],
        lambda two: merge(two, odoo),
        step=STEP,
    )
    # With its last move a transfer leaves the order: it is not among those of the order any more.
    part = call_off(command.part_odoo_id, odoo)
    orders = see_all_of(odoo, command.order_odoo_id)

    def acknowledgement() -> None:
        whole, part_id = command.picking_odoo_id, command.part_odoo_id
        came = [row["id"] for row in orders.moves if row["picking_id"] == whole]
        # What somebody took off the part meanwhile does not come any more.
        left = Move.objects.filter(picking__odoo_id=part_id).values_list("odoo_id", flat=True)
        born = Move.objects.filter(picking__odoo_id=whole, odoo_id=None)
        born.filter(stands_for_odoo_id__in=[*came, *left]).delete()
        Picking.objects.filter(odoo_id=part_id).update(joins=None)
        orders.store()
        upsert(PICKING, [part], read_at=odoo.began_at)

    return acknowledgement


def look(command: MergeDeliveries, odoo: Sending) -> Two:
    """Read both.

    :raises OdooRejected: one of them is gone.
    """
    whole, part = (
        row_of(odoo, PICKING, one, called="The transfer", also={*ALIKE, "move_line_ids"})
        for one in (command.picking_odoo_id, command.part_odoo_id)
    )
    return Two(whole, part)


def merge(two: Two, odoo: Sending) -> None:
    """Let the moves go over with what is reserved for them: the same again changes nothing."""
    refuse_what_is_over(two.whole)
    refuse_what_is_over(two.part)
    if any(two.whole[name] != two.part[name] for name in ALIKE):
        raise OdooRejected(
            f"Transfers {two.whole['name']} and {two.part['name']} do not go from and to the same "
            f"places in Odoo any more.",
            STEP,
        )
    odoo.write(
        "stock.picking",
        "write",
        repeat=Repeat.AT_ONCE,
        ids=[two.whole["id"]],
        vals={name: [[4, one] for one in two.part[name]] for name in ("move_ids", "move_line_ids")},
    )
