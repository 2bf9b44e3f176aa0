"""What is still to be collected from a customer."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, UUIDField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from odoo_bridge.commands import CollectPayment
from odoo_bridge.models import (
    Currency,
    Invoice,
    OutboxEntry,
    Payment,
    PaymentTermLine,
    SaleOrder,
)

NOTHING = Decimal(0)


def amounts_to_collect(order_pks: Iterable[int]) -> dict[int, Decimal]:
    """Return what a driver should ask for, by the key of the order; four queries at most.

    That is the order's total, less what its invoices have been paid, less what drivers took for it
    and Odoo has not matched with invoices yet; nothing, when the customer pays later. Money that
    was taken counts from the moment the driver says so, whatever becomes of the promise on the way
    to Odoo, so that nobody is asked twice. Only what the office dropped on the sync desk, or
    somebody cancelled in Odoo, counts as never taken: then the customer owes it again.

    A payment of which Odoo could match a part only counts whole beside that part: the driver then
    asks for too little, never for too much.
    """
    orders = {order.pk: order for order in SaleOrder.objects.filter(pk__in=list(order_pks))}
    later = terms_to_pay_later({order.payment_term_id for order in orders.values()})
    invoiced = paid_on_invoices(orders.values())
    taken = taken_by_drivers(orders)
    return {
        pk: NOTHING
        if order.payment_term_id in later
        else max(order.total - invoiced[pk] - taken.get(pk, NOTHING), NOTHING)
        for pk, order in orders.items()
    }


def symbol_of(currency: str) -> str:
    """Return the sign of a currency that is named by ISO 4217; its name where Odoo has no other."""
    known = Currency.objects.filter(name=currency, deleted_at=None).first()
    return known.symbol if known else currency


def terms_to_pay_later(terms: Iterable[int | None]) -> set[int | None]:
    """Return those of the payment terms by which something is due later than at once."""
    at_once = Q(days=0, delay="days_after")
    lines = PaymentTermLine.objects.filter(term__in=[term for term in terms if term is not None])
    return set(lines.filter(deleted_at=None).exclude(at_once).values_list("term_id", flat=True))


def paid_on_invoices(orders: Iterable[SaleOrder]) -> dict[int, Decimal]:
    """Return how much of each order's posted invoices is paid, by its key."""
    of_orders = {order.pk: order.invoice_ids for order in orders}
    ids = [invoice for invoices in of_orders.values() for invoice in invoices]
    posted = Invoice.objects.filter(
        odoo_id__in=ids, kind=Invoice.OUT_INVOICE, state=Invoice.POSTED, deleted_at=None
    )
    paid = {
        odoo_id: total - residual
        for odoo_id, total, residual in posted.values_list("odoo_id", "total", "residual")
    }
    return {
        pk: sum((paid.get(invoice, NOTHING) for invoice in invoices), NOTHING)
        for pk, invoices in of_orders.items()
    }


def taken_by_drivers(order_pks: Iterable[int]) -> dict[int, Decimal]:
    """Return what drivers took for each order that no invoice shows as paid yet, by its key."""
    payments = Payment.objects.filter(
        order__in=list(order_pks), kind=Payment.INBOUND, is_reconciled=False
    ).exclude(never_made())
    taken: defaultdict[int, Decimal] = defaultdict(Decimal)
    for order, amount in payments.values_list("order_id", "amount"):
        taken[order] += amount
    return taken


def never_made(payment: str = "") -> Q:
    """Return what is true of a payment that counts as never taken.

    The office gave it up on the sync desk, or somebody cancelled or deleted it in Odoo.

    :param payment: the way to it from the rows that are asked for, ``"payment__"`` for one.
    """
    given_up = OutboxEntry.objects.filter(
        command=CollectPayment.name(), state=OutboxEntry.State.DROPPED
    ).values_list(Cast(KT("payload__payment_uuid"), UUIDField()))
    in_odoo = Q((f"{payment}state__in", Payment.VOID)) | Q((f"{payment}deleted_at__isnull", False))
    return in_odoo | Q((f"{payment}uuid__in", given_up))
