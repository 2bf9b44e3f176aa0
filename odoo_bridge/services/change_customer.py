"""New contact data of a customer that Odoo shall have."""

from collections.abc import Mapping
from typing import Any

from odoo_bridge.commands import ChangeCustomer
from odoo_bridge.models import OutboxEntry, Partner
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.handlers.change_customer import CUSTOMER
from portal.accounts.models import User
from portal.core.deadlocks import begins_anew


@begins_anew
def change_customer(
    *, partner_id: int, changes: Mapping[str, Any], seen: Mapping[str, Any], by: User | None
) -> OutboxEntry:
    """Promise Odoo the new values. What Odoo has changed meanwhile is merged when it is sent.

    :param changes: the fields that the person changed, by the names of ``ChangeCustomer``.
    :param seen: what the person saw in fields, where that was not what we have of Odoo now.
    :raises LookupError: Odoo does not know the partner yet.
    """
    partner = Partner.objects.select_for_update(no_key=True).get(pk=partner_id)
    command = ChangeCustomer(
        partner_uuid=partner.uuid, partner_odoo_id=partner.known_odoo_id, **changes
    )
    base = CUSTOMER.seen(partner.remote, changes.keys(), seen)
    return enqueue(command, by=by, base=base)
