"""What Odoo shall charge for the way of an order that it has, or is about to have."""

from django.db import transaction

from odoo_bridge.commands import OrderItem, SetDeliveryLine
from odoo_bridge.models import OutboxEntry, SaleOrder, Stream
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.delivery_lines import (
    delivery_line_key,
    has_delivery_line,
    written_delivery_line,
)
from odoo_bridge.services.promise_order import STEP, Item
from portal.accounts.models import User
from portal.core.changes import touch


@transaction.atomic
def promise_delivery_line(
    *, order: SaleOrder, item: Item, currency: str, by: User | None
) -> OutboxEntry:
    """Promise that the order has this one delivery line. The caller holds the order's lock.

    The mirrors change when Odoo has done it: only Odoo knows the taxes. Who promises another one
    while the mirror shows none has seen that somebody removed ours.

    :raises LookupError: Odoo does not know the product or its unit yet.
    """
    last = order.lines.filter(deleted_at=None).order_by("-position").first()
    stream = Stream.objects.filter(key=f"order:{order.uuid}").first()
    written = written_delivery_line(stream) if stream else None
    new = OrderItem(
        line_uuid=delivery_line_key(order),
        product_odoo_id=item.product.known_odoo_id,
        unit_odoo_id=item.unit_odoo_id,
        quantity=item.quantity,
        price=item.price,
        discount=item.discount,
        description=item.description or item.product.name,
        position=(last.position if last else 0) + STEP,
    )
    touch("orders")
    command = SetDeliveryLine(
        order_uuid=order.uuid,
        item=new,
        currency=currency,
        anew=written is not None and not has_delivery_line(order),
    )
    return enqueue(command, by=by)
