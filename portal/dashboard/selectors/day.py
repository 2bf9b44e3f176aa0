"""The business's day in a few figures, each with what it is made of and its age."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, Sum, When
from django.utils import timezone

from crm_intake.models import Lead
from drivers.models import Collection
from odoo_bridge.models import Invoice
from odoo_bridge.selectors.ages import read_at
from odoo_bridge.selectors.money import never_made
from odoo_bridge.selectors.outbox import OutboxFigures, outbox_figures
from scheduling.selectors.day import Deliveries, deliveries_on


@dataclass(frozen=True)
class Amount:
    """Money of one currency; ``part`` of it is what the tile's caption speaks of."""

    currency: str
    total: Decimal
    part: Decimal


@dataclass(frozen=True)
class DayFigures:
    """What the director sees. Money may be of several currencies; the largest amount is first.

    ``collected``: cash taken today, without what the office gave up or Odoo cancelled; its part is
    what Odoo has not booked yet. ``receivables``: what posted invoices of all companies still
    bring, credit notes taken off; its part is overdue. It is as old as ``invoices_read_at``.
    """

    day: dt.date
    deliveries: Deliveries
    collected: list[Amount]
    leads: int
    receivables: list[Amount]
    invoices_read_at: dt.datetime | None
    outbox: OutboxFigures


def figures_of(*, day: dt.date) -> DayFigures:
    """Return the figures of a day of the business; six queries."""
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    end = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    return DayFigures(
        day=day,
        deliveries=deliveries_on(day),
        collected=_collected(midnight, end),
        leads=Lead.objects.filter(created_at__gte=midnight, created_at__lt=end).count(),
        receivables=_receivables(day),
        invoices_read_at=read_at(Invoice),
        outbox=outbox_figures(),
    )


def _collected(start: dt.datetime, end: dt.datetime) -> list[Amount]:
    return _largest_first(
        Collection.objects.filter(collected_at__gte=start, collected_at__lt=end)
        .exclude(never_made("payment__"))
        .values("payment__currency")  # not its symbol: there are many dollars
        .annotate(total=Sum("amount"), part=Sum("amount", filter=Q(payment__odoo_id__isnull=True)))
        .values_list("payment__currency__symbol", "total", "part")
    )


def _receivables(day: dt.date) -> list[Amount]:
    signed = F("residual") * Case(When(kind=Invoice.OUT_INVOICE, then=1), default=-1)
    return _largest_first(
        Invoice.objects.filter(state=Invoice.POSTED, deleted_at=None)
        .exclude(residual=0)
        .values("currency")
        .annotate(sum=Sum(signed), part=Sum(signed, filter=Q(due_date__lt=day)))
        .values_list("currency__symbol", "sum", "part")
    )


def _largest_first(rows: Iterable[tuple[Any, ...]]) -> list[Amount]:
    """Make amounts of rows of a currency's symbol, the sum and its part."""
    amounts = [
        Amount(currency=symbol or "", total=total, part=part or Decimal(0))
        for symbol, total, part in rows
    ]
    return sorted(amounts, key=lambda amount: amount.total, reverse=True)
