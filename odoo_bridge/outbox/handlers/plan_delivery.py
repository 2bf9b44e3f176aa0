"""``PlanDelivery``: order and transfer have their time, and the transfer is on the run's batch."""

from collections.abc import Callable

from odoo_bridge.client import OdooRejected, odoo_datetime
from odoo_bridge.commands import PlanDelivery
from odoo_bridge.outbox.batches import batch_of, open_for_transfers
from odoo_bridge.outbox.driver_field import name_driver, name_nobody
from odoo_bridge.outbox.orders import transfer_id
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, has, make_true, row_of
from odoo_bridge.sync.specs import PICKING, SALE_ORDER
from odoo_bridge.sync.upsert import upsert


def plan_delivery(command: PlanDelivery, odoo: Sending) -> Callable[[], None]:
    """Plan it, or take it off its batch; the mirrors show what Odoo has then."""
    transfer = transfer_id(command)
    order = promise_time(command, odoo)
    if command.run_uuid is None:
        picking = take_off(transfer, odoo)
        name_nobody(odoo, transfer)
    else:
        batch = batch_of(odoo, command.run_uuid)
        picking = put_on(command, transfer, batch, odoo)
        name_driver(odoo, batch)

    def acknowledgement() -> None:
        upsert(SALE_ORDER, [order], read_at=odoo.began_at)
        upsert(PICKING, [picking], read_at=odoo.began_at)

    return acknowledgement


def promise_time(command: PlanDelivery, odoo: Sending) -> Row:
    """Tell the order when it comes; return it as Odoo has it then.

    :raises OdooRejected: it is cancelled, or gone.
    """
    promised = {"commitment_date": time} if (time := planned_time(command)) else {}

    def call(order: Row) -> None:
        if order["state"] == "cancel":
            raise OdooRejected(f"Order {order['name']} was cancelled in Odoo.", "sale.order.write")
        change("sale.order", order["id"], promised, odoo)

    return make_true(
        lambda: row_of(odoo, SALE_ORDER, command.order_odoo_id, called="The order"),
        lambda order: not promised or (order["state"] != "cancel" and has(order, promised)),
        call,
        step="sale.order.write",
    )


def take_off(picking_id: int, odoo: Sending) -> Row:
    """Let the transfer leave its batch. What is done stays where it was done."""
    return make_true(
        lambda: row_of(odoo, PICKING, picking_id, called="The transfer"),
        lambda picking: picking["state"] == "done" or not picking["batch_id"],
        lambda picking: change("stock.picking", picking["id"], {"batch_id": False}, odoo),
        step="stock.picking.write",
    )


def put_on(command: PlanDelivery, transfer: int, batch: int, odoo: Sending) -> Row:
    """Move the transfer to the batch and to its time; return it as Odoo has it then.

    :raises OdooRejected: it is done or cancelled, or gone.
    """
    wanted: Row = {"batch_id": batch}
    if time := planned_time(command):
        wanted["scheduled_date"] = time

    def call(picking: Row) -> None:
        refuse_what_is_over(picking)
        if picking["batch_id"] not in {False, batch}:
            # In two steps, because Odoo cancels a batch whose last transfer goes straight to
            # another: the run that it leaves may get others, even at this moment. A late first
            # step would undo the second one, so it must not be repeated while it can land.
            off = {"batch_id": False}
            change("stock.picking", picking["id"], off, odoo, repeat=Repeat.LATE)
        open_for_transfers(odoo, batch)
        change("stock.picking", picking["id"], wanted, odoo)

    return make_true(
        lambda: row_of(odoo, PICKING, transfer, called="The transfer"),
        lambda picking: picking["state"] != "cancel" and has(picking, wanted),
        call,
        step="stock.picking.write",
    )


def planned_time(command: PlanDelivery) -> str | None:
    """Return the time to plan, as Odoo writes it; without a run times stay as they are."""
    if command.run_uuid is None or command.scheduled_at is None:
        return None
    return odoo_datetime(command.scheduled_at)


def refuse_what_is_over(picking: Row) -> None:
    """:raises OdooRejected: the transfer is done or cancelled, and nothing can be planned."""
    over = {"done": "is done in Odoo already", "cancel": "was cancelled in Odoo"}
    if picking["state"] in over:
        reason = f"Transfer {picking['name']} {over[picking['state']]}."
        raise OdooRejected(reason, "stock.picking.write")


def change(
    model: str, odoo_id: int, values: Row, odoo: Sending, repeat: Repeat = Repeat.AT_ONCE
) -> None:
    """Set values: the same ones again change nothing."""
    odoo.write(model, "write", repeat=repeat, ids=[odoo_id], vals=values)
