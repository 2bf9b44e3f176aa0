"""What is still to be collected from a customer."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DecimalField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    UUIDField,
    Value,
    When,
)
from django.db.models.expressions import Combinable, CombinedExpression
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Greatest

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
NO_MORE = Value(NOTHING, output_field=DecimalField())


def amount_due(order: str = "", *, not_in_total: Combinable = NO_MORE) -> Case:
    """Return, as a column, what a driver should ask for an order, in its currency.

    That is the order's total and what is not in it yet, less what its invoices have been paid, less
    what drivers took for it and Odoo has not matched with invoices yet; nothing, when the customer
    pays later. Money that was taken counts from the moment the driver says so, whatever becomes of
    the promise on the way to Odoo, so that nobody is asked twice. Only what the office dropped on
    the sync desk, or somebody cancelled in Odoo, counts as never taken: then the customer owes it
    again.

    A payment of which Odoo could match a part only counts whole beside that part: the driver then
    asks for too little, never for too much.

    :param order: the way to it from the rows that are asked for, ``"job__order__"`` for one.
    :param not_in_total: what Odoo is still to put on the order, as a column.
    """
    paid = _sum_of(paid_on_invoices(order), F("total") - F("residual"))
    taken = _sum_of(taken_by_drivers(order), F("amount"))
    return Case(
        When(Exists(due_later(order)), then=NOTHING),
        default=Greatest(F(f"{order}total") + not_in_total - paid - taken, NOTHING),
        output_field=DecimalField(),
    )


def amounts_to_collect(order_pks: Iterable[int]) -> dict[int, Decimal]:
    """Return ``amount_due`` by the key of the order; one query."""
    orders = SaleOrder.objects.filter(pk__in=list(order_pks))
    return dict(orders.annotate(due=amount_due()).values_list("pk", "due"))


def symbol_of(currency: str) -> str:
    """Return the sign of a currency that is named by ISO 4217; its name where Odoo has no other."""
    known = Currency.objects.filter(name=currency, deleted_at=None).first()
    return known.symbol if known else currency


def sign_of(currency_odoo_id: int) -> str:
    """Return the sign of a currency that is named by its key in Odoo; empty where it has none."""
    known = Currency.objects.filter(odoo_id=currency_odoo_id).first()
    return known.symbol if known else ""


def due_later(order: str) -> QuerySet[PaymentTermLine]:
    """Return what is due later than at once by the outer order's payment term."""
    lines = PaymentTermLine.objects.filter(term=OuterRef(f"{order}payment_term"), deleted_at=None)
    return lines.exclude(days=0, delay="days_after")


class IsOneOf(Func):
    """Whether a number is one of those of an array; an index on the number is used."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def paid_on_invoices(order: str) -> QuerySet[Invoice]:
    """Return the posted invoices of the outer order."""
    return Invoice.objects.filter(
        IsOneOf(F("odoo_id"), OuterRef(f"{order}invoice_ids")),
        kind=Invoice.OUT_INVOICE,
        state=Invoice.POSTED,
        deleted_at=None,
    )


def taken_by_drivers(order: str) -> QuerySet[Payment]:
    """Return what drivers took for the outer order that no invoice shows as paid yet."""
    payments = Payment.objects.filter(
        order=OuterRef(f"{order}pk"), kind=Payment.INBOUND, is_reconciled=False
    )
    return payments.exclude(never_made())


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


def _sum_of(found: QuerySet[Any], amount: F | CombinedExpression) -> Coalesce:
    sums = found.order_by().values("kind").annotate(sum=Sum(amount)).values("sum")
    return Coalesce(Subquery(sums), Value(NOTHING), output_field=DecimalField())
