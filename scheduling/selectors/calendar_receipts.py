"""What comes from vendors, as the calendar shows it: on the day for which it is expected."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from odoo_bridge.commands import ChangePurchase
from odoo_bridge.models import PurchaseOrder
from odoo_bridge.selectors.promises import keys_promised
from odoo_bridge.selectors.purchases import ShownPurchase, shown_purchases
from portal.core.templatetags.figures import quantity
from scheduling.selectors.calendar_entry import (
    ONE_DAY,
    RECEIPTS,
    Days,
    Entry,
    Found,
    Kind,
    Notice,
    midnight,
    text_of,
)
from scheduling.selectors.purchases import is_late

MOST = 1000
LISTED = 3  # goods that an entry names
CAME = "full"
SENT = PurchaseOrder.objects.filter(deleted_at=None, fetched=None)


def receipts_within(days: Days, *, today: dt.date, most: int = MOST) -> Found:
    """Return what is expected on these days, and what came of that; four queries.

    What we fetch is a pickup, and no receipt.
    A day that was promised counts, as everywhere: it may bring a receipt here, or take it away.
    """
    here = Q(planned_at__gte=days.starts_at, planned_at__lt=days.ends_at)
    orders = SENT.filter(state=PurchaseOrder.CONFIRMED)
    orders = orders.filter(here | Q(uuid__in=keys_promised(ChangePurchase)))
    found = shown_purchases(orders.order_by("planned_at", "pk")[: most + 1])
    entries = [
        entry
        for one in found[:most]
        if (entry := _entry(one, today=today)) and days.first <= entry.first_day <= days.last
    ]
    return Found(entries, is_cut=len(found) > most)


def receipt_entry(key: UUID, *, today: dt.date) -> Entry | None:
    """Return what is expected of a purchase, if anything is; three queries."""
    orders = SENT.filter(uuid=key)
    return next((_entry(one, today=today) for one in shown_purchases(orders)), None)


def _entry(shown: ShownPurchase, *, today: dt.date) -> Entry | None:
    order, planned_at = shown.order, shown.planned_at
    has_come = shown.stage == PurchaseOrder.CONFIRMED and order.receipt_state == CAME
    if planned_at is None or not (shown.is_coming or has_come):
        return None
    day = timezone.localdate(planned_at)
    return Entry(
        kind=Kind.RECEIPT,
        key=str(order.uuid),
        title=" ".join(
            one for one in (order.name, order.vendor and order.vendor.shown_name) if one
        ),
        line=_goods(shown),
        starts_at=midnight(day),
        ends_at=midnight(day + ONE_DAY),
        is_of_day=True,
        rows=(RECEIPTS,),
        address=reverse("scheduling:purchase", args=[order.uuid]),
        seen={"seen_planned_at": text_of(planned_at)},
        fixed="" if shown.is_coming else "It has come.",
        notices=tuple(_notices(shown, today=today)),
    )


def _goods(shown: ShownPurchase) -> str:
    """Return what is to come, in some words; all of it once it is here."""
    lines = shown.to_come or shown.lines
    named = [
        f"{quantity(line.to_come or line.quantity)} {line.unit} "
        f"{line.line.product or line.line.text}"
        for line in lines[:LISTED]
    ]
    more = [f"{len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return ", ".join([*named, *more])


def _notices(shown: ShownPurchase, *, today: dt.date) -> Iterable[Notice]:
    if not shown.is_coming:
        yield Notice("received", level="fine")
    elif is_late(shown, today=today):
        yield Notice("late", "It should have come on an earlier day.", "bad")
    elif any(line.received for line in shown.lines):
        yield Notice("came in part", level="info")
