"""Call a purchase off."""

from uuid import UUID

from odoo_bridge.commands import CancelPurchase
from odoo_bridge.models import PurchaseOrder
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.purchases import ShownPurchase
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import PurchaseClosed
from scheduling.services.lock_purchase import lock_purchase, name_of


@begins_anew
def cancel_purchase(*, key: UUID, by: User) -> ShownPurchase:
    """Promise Odoo to cancel it; one that is cancelled already stays so.

    :raises PurchaseClosed: goods of it came.
    """
    shown = lock_purchase(key)
    if any(line.received for line in shown.lines):
        raise PurchaseClosed(f"Goods of {name_of(shown)} came: what is left is settled in Odoo.")
    if shown.stage != PurchaseOrder.CANCELLED:
        enqueue(CancelPurchase(purchase_uuid=key), by=by)
        record(by=by, what="purchase cancelled", target=shown.order)
        touch("purchases")
    return shown
