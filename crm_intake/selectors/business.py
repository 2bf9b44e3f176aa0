"""What a person has asked for, ordered, got and been billed for, as Odoo has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from crm_intake.models import Lead, Person
from odoo_bridge.models import Invoice, Partner, Picking, SaleOrder
from odoo_bridge.selectors.leads import ending_of

MOST = 10
Words = Mapping[str, StrOrPromise]
ORDERED: Words = {
    "draft": _("quotation"),
    "sent": _("quotation sent"),
    "sale": _("ordered"),
    "cancel": _("cancelled"),
}
DELIVERED: Words = {
    "draft": _("draft"),
    "waiting": _("waits for other goods"),
    "confirmed": _("waits for goods"),
    "assigned": _("ready"),
    "done": _("delivered"),
    "cancel": _("cancelled"),
}
PAID: Words = {
    "not_paid": _("not paid"),
    "in_payment": _("being paid"),
    "paid": _("paid"),
    "partial": _("partly paid"),
    "reversed": _("credited"),
}


@dataclass(frozen=True)
class Business:
    """The latest of each, the last first, each with its state in words."""

    leads: list[tuple[Lead, str]]
    orders: list[tuple[SaleOrder, StrOrPromise]]
    deliveries: list[tuple[Picking, StrOrPromise]]
    invoices: list[tuple[Invoice, StrOrPromise]]


def business_with(person: Person, customers: Sequence[Partner]) -> Business:
    """Return what a person, known in Odoo as these customers, has to do with us; four queries.

    What the company of a contact has ordered counts, too.
    """
    whose = {one.pk for one in customers} | {one.parent_id for one in customers if one.parent_id}
    leads = Lead.objects.filter(person=person, record__deleted_at=None)
    orders = SaleOrder.objects.filter(customer__in=whose, deleted_at=None)
    deliveries = Picking.objects.filter(
        Q(order__customer__in=whose) | Q(destination__in=whose),
        kind=Picking.OUTGOING,
        deleted_at=None,
    )
    invoices = Invoice.objects.filter(customer__in=whose, state=Invoice.POSTED, deleted_at=None)
    return Business(
        leads=[
            (one, ending_of(one.record))
            for one in leads.select_related("record__stage").order_by("-pk")[:MOST]
        ],
        orders=[
            (one, ORDERED.get(one.state, one.state))
            for one in orders.select_related("currency").order_by("-odoo_id", "-pk")[:MOST]
        ],
        deliveries=[
            (one, DELIVERED.get(one.state, one.state))
            for one in deliveries.order_by("-scheduled_at", "-pk")[:MOST]
        ],
        invoices=[
            (one, PAID.get(one.payment_state, one.payment_state))
            for one in invoices.select_related("currency").order_by("-invoice_date", "-pk")[:MOST]
        ],
    )
