"""A link by which a customer pays by card."""

from decimal import Decimal

from django.db import transaction

from odoo_bridge.commands import MakePaymentLink
from odoo_bridge.models import PaymentLink, SaleOrder
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User


@transaction.atomic
def promise_payment_link(*, order: SaleOrder, amount: Decimal, by: User) -> PaymentLink:
    """Keep that it is wanted, and promise to ask Odoo for it, together or not at all.

    :raises ValueError: Odoo does not have the order.
    """
    if not order.odoo_id:
        raise ValueError("Only an order that Odoo has can be paid there.")
    link = PaymentLink.objects.create(order=order, amount=amount)
    command = MakePaymentLink(
        link_uuid=link.uuid, order_uuid=order.uuid, order_odoo_id=order.odoo_id, amount=amount
    )
    enqueue(command, by=by)
    return link
