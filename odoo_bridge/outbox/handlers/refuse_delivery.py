"""``RefuseDelivery``: the transfer goes again, or never, and a note says why."""

from collections.abc import Callable

from django.utils import timezone

from odoo_bridge.commands import RefuseDelivery
from odoo_bridge.outbox.handlers.plan_delivery import refuse_what_is_over, take_off
from odoo_bridge.outbox.orders import see_all_of, transfer_id
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, note_on, row_of
from odoo_bridge.sync.specs import PICKING
from portal.setup.selectors.profile import business_zone


def refuse_delivery(command: RefuseDelivery, odoo: Sending) -> Callable[[], None]:
    """Take the transfer off its run, cancel it unless it goes again, and note why.

    :raises OdooRejected: it is done in Odoo, or was cancelled there and cannot go again.
    """
    transfer = transfer_id(command)
    picking = take_off(transfer, odoo)
    if command.goes_again or picking["state"] == "done":
        refuse_what_is_over(picking)
    if not command.goes_again:
        call_off(transfer, odoo)
    at = timezone.localtime(command.refused_at, business_zone())
    note_on(
        odoo,
        "sale.order",
        command.order_odoo_id,
        key=odoo.external_id("refusal_note", command.delivery_uuid),
        text=f"Not taken: {command.reason} ({command.driver}, {at:%Y-%m-%d %H:%M}, "
        f"{picking['name']}).",
    )
    return see_all_of(odoo, command.order_odoo_id).store


def call_off(picking_id: int, odoo: Sending) -> Row:
    """Cancel the transfer; what was reserved for it is free then."""
    return make_true(
        lambda: row_of(odoo, PICKING, picking_id, called="The transfer"),
        lambda picking: picking["state"] == "cancel",
        lambda _row: odoo.write(
            "stock.picking", "action_cancel", repeat=Repeat.AT_ONCE, ids=[picking_id]
        ),
        step="stock.picking.action_cancel",
    )
