"""What was said lately that deliveries cost."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from odoo_bridge.models import Currency, OutboxEntry, SaleOrder
from scheduling.models import Job, Place, Quote

LATEST = 20
MOST = 20
FOR_A_PERSON = (OutboxEntry.State.PARKED, OutboxEntry.State.CONFLICT)
OPEN = (SaleOrder.DRAFT, "sent", SaleOrder.CONFIRMED)


def latest_quotes() -> list[Quote]:
    """Return the latest quotes with their places and orders; one query."""
    return list(shown_quotes().select_related("made_by").order_by("-made_at")[:LATEST])


def shown_quotes() -> QuerySet[Quote]:
    """Return quotes as pages show them.

    ``is_held``: something else about the order, which Odoo refused, keeps the price from going.
    ``symbol``: the currency's, or its name where Odoo has no such currency.
    """
    known = Currency.objects.filter(name=OuterRef("currency"), deleted_at=None).exclude(symbol="")
    refused = OutboxEntry.objects.filter(
        stream=OuterRef("entry__stream"), seq__lt=OuterRef("entry__seq"), state__in=FOR_A_PERSON
    )
    quotes = Quote.objects.select_related("place", "order", "entry")
    symbol = Coalesce(Subquery(known.values("symbol")[:1]), F("currency"))
    return quotes.annotate(is_held=Exists(refused), symbol=symbol)


def orders_for(place: Place, words: str) -> list[SaleOrder]:
    """Return open orders that have these words, those that go to the place first; one query.

    Words are looked for in the order's name and its customer's. ``goes_there``: it goes there, or
    an order to the same address of Odoo's did.
    """
    there = Job.objects.filter(
        Q(order=OuterRef("pk")) | Q(picking__destination=OuterRef("delivery_address")), place=place
    )
    found = SaleOrder.objects.filter(state__in=OPEN, deleted_at=None)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(customer__name__icontains=word)
            | Q(customer__parent__name__icontains=word)
        )
    found = found.exclude(invoice_state="invoiced").annotate(goes_there=Exists(there))
    found = found.select_related("customer__parent", "currency")
    return list(found.order_by("-goes_there", F("ordered_at").desc(nulls_first=True), "-pk")[:MOST])


def order_asked_for(key: UUID | None) -> SaleOrder | None:
    """Return the order of this key; none for none."""
    orders = SaleOrder.objects.select_related("delivery_address__state", "customer")
    return orders.filter(uuid=key, deleted_at=None).first() if key else None


def asked_for(order: SaleOrder) -> dict[str, Any]:
    """Return what the form of a quote asks of this order: where to, and what; two queries."""
    address = order.delivery_address
    charged = order.lines.filter(product__delivery_charge__isnull=False, deleted_at=None)
    line = charged.order_by("position", "pk").first()
    goods = {"product": line.product_id, "quantity": line.quantity.normalize()} if line else {}
    return {"address": address.address if address else "", "order": order.uuid, **goods}
