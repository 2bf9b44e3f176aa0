"""What Odoo was promised as the delivery line of an order."""

import uuid

from django.db.models import QuerySet

from odoo_bridge.commands import OrderItem, PlaceOrder, SetDeliveryLine
from odoo_bridge.models import OutboxEntry, SaleOrder, Stream

State = OutboxEntry.State
NAME = "delivery line"


def written_delivery_line(stream: Stream, *, before: int | None = None) -> OrderItem | None:
    """Return the delivery line that we wrote last, ``None`` if there is none; one query.

    :param before: the place in the stream from which on nothing counts.
    """
    done = _promises(stream.key).filter(state=State.DONE)
    if before is not None:
        done = done.filter(seq__lt=before)
    return next((item for entry in done if (item := _item_of(entry))), None)


def delivery_line_key(order: SaleOrder) -> uuid.UUID:
    """Return our name of the order's one delivery line, whether it is there or not; one query."""
    placed = _promises(f"order:{order.uuid}").filter(command=PlaceOrder.name()).first()
    item = _item_of(placed) if placed else None
    return item.line_uuid if item else uuid.uuid5(order.uuid, NAME)


def has_delivery_line(order: SaleOrder) -> bool:
    """Say whether the way was charged, by whomever, when Odoo was read last; one query."""
    lines = order.lines.filter(is_delivery_fee=True, deleted_at=None)
    return lines.filter(odoo_id__in=order.line_ids).exists()


def _promises(stream: str) -> QuerySet[OutboxEntry]:
    """Return what may have set a delivery line, the latest first."""
    names = (PlaceOrder.name(), SetDeliveryLine.name())
    return OutboxEntry.objects.filter(stream__key=stream, command__in=names).order_by("-seq")


def _item_of(entry: OutboxEntry) -> OrderItem | None:
    if entry.command == PlaceOrder.name():
        return PlaceOrder.from_payload(entry.payload).delivery
    return SetDeliveryLine.from_payload(entry.payload).item
