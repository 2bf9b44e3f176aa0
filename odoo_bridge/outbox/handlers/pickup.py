"""``PlanPickup`` and ``CompletePickup``: what our truck fetches has its date, and is received.

A return or a receipt of a purchase: the transfer itself says whether an earlier try worked.
"""

from collections.abc import Callable

from django.utils import timezone

from odoo_bridge.client import odoo_datetime
from odoo_bridge.commands import CompletePickup, PlanPickup
from odoo_bridge.models import PurchaseOrder
from odoo_bridge.outbox.handlers.complete_delivery import STEP, validate
from odoo_bridge.outbox.handlers.plan_delivery import change, refuse_what_is_over
from odoo_bridge.outbox.purchases import CALLED, see_all_of
from odoo_bridge.outbox.sending import Sending
from odoo_bridge.outbox.steps import Row, has, made, make_true, note_on, row_of, rows_of
from odoo_bridge.sync.specs import MOVE, PICKING
from odoo_bridge.sync.upsert import upsert
from portal.setup.selectors.profile import business_zone

OPEN = ("draft", "waiting", "confirmed", "assigned")


def plan_pickup(command: PlanPickup, odoo: Sending) -> Callable[[], None]:
    """Plan it; the mirror shows what Odoo has then.

    :raises OdooRejected: it is done or cancelled, or gone.
    """
    wanted: Row = {"scheduled_date": odoo_datetime(command.scheduled_at)}

    def call(picking: Row) -> None:
        refuse_what_is_over(picking)
        change("stock.picking", picking["id"], wanted, odoo)

    picking = make_true(
        lambda: row_of(odoo, PICKING, command.picking_odoo_id, called="The transfer"),
        lambda picking: picking["state"] in OPEN and has(picking, wanted),
        call,
        step="stock.picking.write",
    )

    def acknowledgement() -> None:
        upsert(PICKING, [picking], read_at=odoo.began_at)

    return acknowledgement


def complete_pickup(command: CompletePickup, odoo: Sending) -> Callable[[], None]:
    """Do the transfer, and note it; the mirrors show what Odoo has then, and what was received.

    :raises OdooRejected: Odoo said no, or it was cancelled there.
    """
    at = timezone.localtime(command.fetched_at, business_zone())
    picking = validate(command.picking_odoo_id, command.goods, odoo)
    note_on(
        odoo,
        "stock.picking",
        picking["id"],
        key=odoo.external_id("pickup_note", command.pickup_uuid),
        text=f"Fetched by {command.driver}, {at:%Y-%m-%d %H:%M}.",
    )
    if command.purchase_uuid is not None:
        purchase = made(PurchaseOrder, command.purchase_uuid, called=CALLED, step=STEP)
        return see_all_of(odoo, purchase).store
    moves = rows_of(odoo, MOVE, picking["move_ids"])

    def acknowledgement() -> None:
        upsert(PICKING, [picking], read_at=odoo.began_at)
        upsert(MOVE, moves, read_at=odoo.began_at)

    return acknowledgement
