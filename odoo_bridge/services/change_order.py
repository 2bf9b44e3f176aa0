"""What Odoo shall change of an order, merged with what others change there."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from odoo_bridge.commands import ChangeOrder
from odoo_bridge.models import OutboxEntry, SaleOrder
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.handlers.change_order import ORDER_DATA
from portal.accounts.models import User
from portal.core.changes import touch


@transaction.atomic
def change_order(
    *, order: SaleOrder, changes: Mapping[str, Any], seen: Mapping[str, Any], by: User | None
) -> OutboxEntry:
    """Promise Odoo the order's new values. The caller holds the order's lock.

    The mirror has no reference and no note: what the person saw of them is told by ``seen``.

    :param changes: the fields that the person changed, by the names of ``ChangeOrder``.
    :param seen: what the person saw in fields, where that was not what we have of Odoo now.
    """
    base = ORDER_DATA.seen(order.remote, changes.keys(), seen)
    touch("orders")
    return enqueue(ChangeOrder(order_uuid=order.uuid, **changes), by=by, base=base)
