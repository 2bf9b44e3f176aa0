"""What every change of a production begins with."""

from uuid import UUID

from odoo_bridge.models import ManufacturingOrder
from odoo_bridge.selectors.productions import CANCELLED, DONE, ShownProduction
from scheduling.errors import ProductionClosed
from scheduling.selectors.productions import one_production

IN_WORDS = {DONE: "is done", CANCELLED: "is cancelled"}


def lock_production(key: UUID) -> ShownProduction:
    """Return the production as it shall be, locked until the transaction ends.

    :raises ProductionClosed: it is gone, done or cancelled.
    """
    ManufacturingOrder.objects.select_for_update(no_key=True).filter(uuid=key).first()
    shown = one_production(key)
    if shown is None:
        raise ProductionClosed("This production does not exist any more.")
    if shown.is_over:
        raise ProductionClosed(f"{shown.order.name} {IN_WORDS[shown.stage]} already.")
    return shown
