"""What Odoo shall change of a purchase, merged with what others change there."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from odoo_bridge.commands import ChangePurchase, ChangePurchaseLine
from odoo_bridge.models import OutboxEntry, PurchaseOrder, PurchaseOrderLine
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.handlers.change_purchase import PURCHASE_DATA, PURCHASE_LINE
from portal.accounts.models import User
from portal.core.changes import touch


@transaction.atomic
def change_purchase(
    *, order: PurchaseOrder, changes: Mapping[str, Any], seen: Mapping[str, Any], by: User | None
) -> OutboxEntry:
    """Promise Odoo the order's new values. The caller holds the order's lock.

    :param changes: the fields that the person changed, by the names of ``ChangePurchase``.
    :param seen: what the person saw in fields, where that was not what we have of Odoo now.
    """
    base = PURCHASE_DATA.seen(order.remote, changes.keys(), seen)
    touch("purchases")
    return enqueue(ChangePurchase(purchase_uuid=order.uuid, **changes), by=by, base=base)


@transaction.atomic
def change_purchase_line(
    *, line: PurchaseOrderLine, changes: Mapping[str, Any], seen: Mapping[str, Any], by: User | None
) -> OutboxEntry:
    """Promise Odoo the line's new values, as ``change_purchase`` does it for the order."""
    base = PURCHASE_LINE.seen(line.remote, changes.keys(), seen)
    command = ChangePurchaseLine(purchase_uuid=line.order.uuid, line_uuid=line.uuid, **changes)
    touch("purchases")
    return enqueue(command, by=by, base=base)
