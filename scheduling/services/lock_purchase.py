"""What every change of a purchase begins with."""

from uuid import UUID

from odoo_bridge.models import PurchaseOrder
from odoo_bridge.selectors.purchases import ShownPurchase
from scheduling.errors import PurchaseClosed
from scheduling.selectors.purchases import one_purchase

IN_WORDS = {
    PurchaseOrder.TO_APPROVE: "waits for approval in Odoo",
    PurchaseOrder.CONFIRMED: "is confirmed",
    PurchaseOrder.CANCELLED: "is cancelled",
}


def lock_purchase(key: UUID) -> ShownPurchase:
    """Return the purchase as it shall be, locked until the transaction ends.

    :raises PurchaseClosed: it is gone, or was given up.
    """
    PurchaseOrder.objects.select_for_update(no_key=True).filter(uuid=key).first()
    shown = one_purchase(key)
    if shown is None:
        raise PurchaseClosed("This purchase does not exist any more.")
    return shown


def name_of(shown: ShownPurchase) -> str:
    """Return what people call it: Odoo numbers it when it makes it."""
    vendor = shown.order.vendor
    whose = f" of {vendor.shown_name}" if vendor else ""
    return shown.order.name or f"The new purchase{whose}"


def refusal(shown: ShownPurchase, why: str) -> PurchaseClosed:
    """Return why nothing can be done to the purchase in its state."""
    state = IN_WORDS.get(shown.stage, "is not confirmed")
    return PurchaseClosed(f"{name_of(shown)} {state}: {why}")
