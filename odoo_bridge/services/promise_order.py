"""A quotation that Odoo shall have, and what is offered with it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from odoo_bridge.commands import OrderItem, PlaceOrder
from odoo_bridge.models import Partner, SaleOrder, SaleOrderLine
from odoo_bridge.outbox import enqueue
from odoo_bridge.services.traded import Traded
from portal.accounts.models import User
from portal.core.changes import touch

STEP = 10  # between the positions of two lines, as Odoo counts them
CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Item(Traded):
    """What to offer; without a description it is the product's."""

    description: str = ""

    @property
    def total(self) -> Decimal:
        """What it costs without taxes."""
        return (self.quantity * self.price * (1 - self.discount / 100)).quantize(CENT)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """For whom an order is, where it goes, and what was agreed besides; by default to them."""

    customer: Partner
    address: Partner | None = None
    reference: str = ""
    promised_at: dt.datetime | None = None


@transaction.atomic
def promise_order(
    *, key: UUID, terms: Terms, items: Sequence[Item], delivery: Item | None, by: User | None
) -> SaleOrder:
    """Make the quotation's mirror, not acknowledged yet, and the promise, together or not at all.

    ``key`` becomes its uuid. Its total has no taxes before Odoo has reckoned them.

    :raises LookupError: Odoo does not know the customer, the address, a product or a unit yet.
    """
    address = terms.address or terms.customer
    offered = [*items, *filter(None, [delivery])]
    order = SaleOrder.objects.create(
        uuid=key,
        state=SaleOrder.DRAFT,
        customer=terms.customer,
        customer_odoo_id=terms.customer.known_odoo_id,
        delivery_address=address,
        delivery_address_odoo_id=address.known_odoo_id,
        promised_at=terms.promised_at,
        total=sum((item.total for item in offered), Decimal(0)),
    )
    numbered = enumerate(items, start=1)
    last = STEP * len(offered)
    command = PlaceOrder(
        order_uuid=order.uuid,
        customer_odoo_id=terms.customer.known_odoo_id,
        address_odoo_id=address.known_odoo_id,
        items=tuple(_new_line(order, item, STEP * number) for number, item in numbered),
        delivery=_new_line(order, delivery, last, is_fee=True) if delivery else None,
        reference=terms.reference,
        promised_at=terms.promised_at,
    )
    enqueue(command, by=by)
    touch("orders")
    return order


def _new_line(order: SaleOrder, item: Item, position: int, *, is_fee: bool = False) -> OrderItem:
    """Make the line's mirror, and return what Odoo shall make of it."""
    line = SaleOrderLine.objects.create(
        order=order,
        product=item.product,
        product_odoo_id=item.product.known_odoo_id,
        text=item.description or item.product.name,
        quantity=item.quantity,
        total=item.total,
        position=position,
        is_delivery_fee=is_fee,
    )
    return OrderItem(
        line_uuid=line.uuid,
        product_odoo_id=item.product.known_odoo_id,
        unit_odoo_id=item.unit_odoo_id,
        quantity=item.quantity,
        price=item.price,
        discount=item.discount,
        description=line.text,
        position=position,
    )
