"""Goods of a purchase came."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from odoo_bridge.commands import Received, ReceivePurchase
from odoo_bridge.models import PurchaseOrder
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.purchases import ShownPurchase
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import NothingOrdered, PurchaseChanged
from scheduling.services.lock_purchase import lock_purchase, name_of, refusal


@dataclass(frozen=True)
class Came:
    """So much of a line came, beside what the page showed as received before."""

    key: UUID
    quantity: Decimal
    seen: Decimal


@begins_anew
def receive_purchase(*, key: UUID, came: Sequence[Came], by: User) -> ShownPurchase:
    """Promise Odoo the receipt; what did not come is still to come.

    :raises PurchaseClosed: it is not confirmed, or cancelled.
    :raises PurchaseChanged: somebody else received of it since the page was made.
    :raises NothingOrdered: nothing came.
    """
    shown = lock_purchase(key)
    if shown.stage != PurchaseOrder.CONFIRMED:
        raise refusal(shown, "nothing of it can be received.")
    goods = [one for one in came if one.quantity]
    if not goods:
        raise NothingOrdered("Enter how much came.")
    for one in goods:
        line = shown.line(one.key)
        if line is None or line.received != one.seen:
            raise PurchaseChanged(
                f"Somebody else received goods of {name_of(shown)} since this page was made. "
                "It is shown as it is now: enter what is missing."
            )
    received = tuple(
        Received(line_uuid=one.key, before=one.seen, quantity=one.quantity) for one in goods
    )
    enqueue(ReceivePurchase(purchase_uuid=key, goods=received), by=by)
    new = {str(one.key): f"{one.quantity.normalize():f}" for one in goods}
    record(by=by, what="purchase received", target=shown.order, new=new)
    touch("purchases")
    return shown
