"""Which purchases our trucks fetch."""

from odoo_bridge.models import PurchaseOrder
from odoo_bridge.selectors.purchases import ShownPurchase
from scheduling.models import FetchedPurchase


def is_fetched(order: PurchaseOrder) -> bool:
    """Say whether we fetch what is to come of a purchase; one query."""
    return FetchedPurchase.objects.filter(purchase=order).exists()


def may_be_fetched(shown: ShownPurchase) -> bool:
    """Say whether something is to come of a purchase, or will be once it is confirmed."""
    return shown.is_open or shown.is_coming or shown.stage == PurchaseOrder.TO_APPROVE
