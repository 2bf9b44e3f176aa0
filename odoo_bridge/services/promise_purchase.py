"""An order at a vendor that Odoo shall have, and what is ordered with it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from odoo_bridge.commands import (
    AddPurchaseLine,
    PlacePurchase,
    PurchaseItem,
    RemovePurchaseLine,
)
from odoo_bridge.models import (
    Currency,
    OutboxEntry,
    Partner,
    PurchaseOrder,
    PurchaseOrderLine,
)
from odoo_bridge.outbox import enqueue
from odoo_bridge.services.traded import Traded
from portal.accounts.models import User
from portal.core.changes import touch

STEP = 10  # between the positions of two lines, as Odoo counts them


@dataclass(frozen=True, kw_only=True)
class Item(Traded):
    """What to order, and when it shall come."""

    planned_at: dt.datetime


@transaction.atomic
def promise_purchase(
    *,
    key: UUID,
    vendor: Partner,
    currency: Currency,
    reference: str,
    items: Sequence[Item],
    by: User | None,
) -> PurchaseOrder:
    """Make the order's mirror, not acknowledged yet, and the promise, together or not at all.

    ``key`` becomes its uuid.

    :raises LookupError: Odoo does not know the vendor, a product or a unit yet.
    """
    order = PurchaseOrder.objects.create(
        uuid=key,
        state=PurchaseOrder.DRAFT,
        vendor=vendor,
        vendor_odoo_id=vendor.known_odoo_id,
        vendor_reference=reference,
        planned_at=min((item.planned_at for item in items), default=None),
        currency=currency,
        currency_odoo_id=currency.known_odoo_id,
    )
    numbered = enumerate(items, start=1)
    command = PlacePurchase(
        purchase_uuid=order.uuid,
        vendor_odoo_id=vendor.known_odoo_id,
        currency_odoo_id=currency.known_odoo_id,
        reference=reference,
        items=tuple(_new_line(order, item, STEP * number) for number, item in numbered),
    )
    enqueue(command, by=by)
    touch("purchases")
    return order


@transaction.atomic
def add_purchase_line(*, order: PurchaseOrder, item: Item, by: User | None) -> OutboxEntry:
    """Promise one line more. The caller holds the order's lock.

    :raises LookupError: Odoo does not know the product or its unit yet.
    """
    last = order.lines.order_by("-position").first()
    new = _new_line(order, item, (last.position if last else 0) + STEP)
    touch("purchases")
    return enqueue(AddPurchaseLine(purchase_uuid=order.uuid, item=new), by=by)


@transaction.atomic
def remove_purchase_line(*, line: PurchaseOrderLine, by: User | None) -> OutboxEntry:
    """Promise one line less. The caller holds the order's lock."""
    touch("purchases")
    command = RemovePurchaseLine(purchase_uuid=line.order.uuid, line_uuid=line.uuid)
    return enqueue(command, by=by)


def _new_line(order: PurchaseOrder, item: Item, position: int) -> PurchaseItem:
    """Make the line's mirror, and return what Odoo shall make of it."""
    line = PurchaseOrderLine.objects.create(
        order=order,
        product=item.product,
        product_odoo_id=item.product.known_odoo_id,
        text=item.product.name,
        quantity=item.quantity,
        unit=item.unit,
        unit_odoo_id=item.unit_odoo_id,
        unit_price=item.price,
        discount=item.discount,
        planned_at=item.planned_at,
        position=position,
    )
    return PurchaseItem(
        line_uuid=line.uuid,
        product_odoo_id=item.product.known_odoo_id,
        unit_odoo_id=item.unit_odoo_id,
        quantity=item.quantity,
        price=item.price,
        discount=item.discount,
        planned_at=item.planned_at,
        position=position,
    )
