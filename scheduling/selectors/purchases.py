"""Purchases as their page lists them."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from odoo_bridge.models import PurchaseOrder
from odoo_bridge.selectors.purchases import ShownPurchase, shown_purchases

MOST_OPEN, MOST_DONE = 300, 30
OVER = (
    Q(state=PurchaseOrder.CANCELLED)
    | Q(receipt_state="full")
    | Q(state=PurchaseOrder.CONFIRMED, receipt_state="")  # services: nothing is to come
)


@dataclass
class Purchases:
    """What is not ordered yet, what is to come with the first first, and the latest of the rest.

    ``is_cut``: there are more than the page shows.
    """

    drafts: list[ShownPurchase] = field(default_factory=list)
    coming: list[ShownPurchase] = field(default_factory=list)
    done: list[ShownPurchase] = field(default_factory=list)
    is_cut: bool = False


def listed_purchases(*, search: str = "") -> Purchases:
    """Return the purchases of vendors, with names or references, that are looked for.

    Six queries, however many there are.
    """
    orders = _matching(search)
    still_open = shown_purchases(orders.exclude(OVER).order_by("planned_at", "pk")[: MOST_OPEN + 1])
    over = shown_purchases(orders.filter(OVER).order_by("-confirmed_at", "-pk")[:MOST_DONE])
    listed = Purchases(is_cut=len(still_open) > MOST_OPEN)
    for one in [*still_open[:MOST_OPEN], *over]:
        _place_of(one, listed).append(one)
    listed.coming.sort(key=lambda one: (one.planned_at is None, one.planned_at, one.order.pk))
    return listed


def one_purchase(key: UUID) -> ShownPurchase | None:
    """Return one purchase as it shall be; three queries."""
    order = PurchaseOrder.objects.filter(uuid=key, deleted_at=None)
    return next(iter(shown_purchases(order)), None)


def is_late(purchase: ShownPurchase, *, today: dt.date) -> bool:
    """Say whether something should have come on an earlier day."""
    planned = purchase.planned_at
    return purchase.is_coming and planned is not None and timezone.localdate(planned) < today


def _matching(search: str) -> QuerySet[PurchaseOrder]:
    orders = PurchaseOrder.objects.filter(deleted_at=None)
    for word in search.split():
        orders = orders.filter(
            Q(vendor__name__icontains=word)
            | Q(vendor__parent__name__icontains=word)
            | Q(name__icontains=word)
            | Q(vendor_reference__icontains=word)
        )
    return orders


def _place_of(purchase: ShownPurchase, listed: Purchases) -> list[ShownPurchase]:
    if purchase.is_open or purchase.stage == PurchaseOrder.TO_APPROVE:
        return listed.drafts
    return listed.coming if purchase.is_coming else listed.done
