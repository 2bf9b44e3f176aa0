"""Order what was drafted."""

from collections.abc import Collection
from uuid import UUID

from odoo_bridge.commands import ConfirmPurchase
from odoo_bridge.models import PurchaseOrder
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import NothingOrdered
from scheduling.services.lock_purchase import lock_purchase, name_of, refusal


@begins_anew
def confirm_purchases(*, keys: Collection[UUID], by: User) -> int:
    """Promise Odoo to confirm these, all or none; return how many were not confirmed before.

    :raises PurchaseClosed: one of them was cancelled.
    :raises NothingOrdered: none was chosen, or one has no line.
    """
    if not keys:
        raise NothingOrdered("Mark the drafts that shall be ordered.")
    confirmed = 0
    for key in sorted(keys):  # in one order, so that two people who confirm never block each other
        shown = lock_purchase(key)
        if shown.stage == PurchaseOrder.CANCELLED:
            raise refusal(shown, "it cannot be ordered. Nothing was confirmed.")
        if shown.is_open and not shown.lines:
            raise NothingOrdered(f"{name_of(shown)} orders nothing yet. Nothing was confirmed.")
        if shown.is_open:
            enqueue(ConfirmPurchase(purchase_uuid=key), by=by)
            record(by=by, what="purchase confirmed", target=shown.order)
            confirmed += 1
    touch("purchases")
    return confirmed
