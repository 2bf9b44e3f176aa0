"""Money that a driver took, and that Odoo shall book."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from odoo_bridge.commands import CollectPayment
from odoo_bridge.models import Payment, SaleOrder
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User


@transaction.atomic
def promise_payment(
    *, order: SaleOrder, amount: Decimal, collected_on: dt.date, driver: str, by: User
) -> Payment:
    """Make the payment's mirror, not acknowledged yet, and the promise, together or not at all.

    ``driver`` is a name for people.

    :raises ValueError: Odoo does not have the order, or not with a customer and a currency.
    """
    if not (order.odoo_id and order.customer_odoo_id and order.currency_odoo_id):
        raise ValueError("Only an order that Odoo has can be paid there.")
    payment = Payment.objects.create(
        kind=Payment.INBOUND,
        customer_id=order.customer_id,
        customer_odoo_id=order.customer_odoo_id,
        amount=amount,
        currency_id=order.currency_id,
        currency_odoo_id=order.currency_odoo_id,
        payment_date=collected_on,
        memo=order.name,
        order=order,
    )
    command = CollectPayment(
        payment_uuid=payment.uuid,
        order_uuid=order.uuid,
        order_odoo_id=order.odoo_id,
        customer_odoo_id=order.customer_odoo_id,
        currency_odoo_id=order.currency_odoo_id,
        amount=amount,
        collected_on=collected_on,
        driver=driver,
    )
    enqueue(command, by=by)
    return payment
