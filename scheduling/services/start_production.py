"""Somebody begins to make it."""

from uuid import UUID

from odoo_bridge.commands import StartProduction
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.productions import ShownProduction
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.errors import ProductionClosed
from scheduling.services.lock_production import lock_production


@begins_anew
def start_production(*, key: UUID, by: User) -> ShownProduction:
    """Promise Odoo that it is in progress.

    :raises ProductionClosed: somebody has begun with it, or it is done, cancelled or gone.
    """
    shown = lock_production(key)
    if not shown.may_start:
        raise ProductionClosed(f"{shown.order.name} is in progress already.")
    enqueue(StartProduction(production_uuid=key), by=by)
    record(by=by, what="production started", target=shown.order)
    touch("production")
    touch("board")
    return shown
