"""What is made, as the calendar shows it: the whole, and its steps at their work centres."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from odoo_bridge.commands import PlanProduction
from odoo_bridge.models import ManufacturingOrder, WorkOrder
from odoo_bridge.selectors.productions import CANCELLED, ShownProduction, shown_productions
from odoo_bridge.selectors.promises import keys_promised
from portal.core.templatetags.figures import quantity
from scheduling.models import Job
from scheduling.selectors.calendar_entry import (
    NOWHERE,
    Days,
    Entry,
    Found,
    Kind,
    Notice,
    Part,
    Row,
    text_of,
)
from scheduling.selectors.productions import is_late
from scheduling.selectors.waiting import open_jobs, order_of, waiting_for

MOST = 1000
SHORTEST = dt.timedelta(minutes=1)  # what takes no time is shown all the same
Jobs = Mapping[int, list[Job]]


def productions_within(days: Days, *, now: dt.datetime, most: int = MOST) -> Found:
    """Return what is made in these days, the first to begin first; five queries.

    What was promised counts, as everywhere: it may bring a production here, or take it away.
    """
    here = Q(starts_at__lt=days.ends_at) & (
        Q(ends_at__gt=days.starts_at) | Q(starts_at__gte=days.starts_at)
    )
    orders = _orders().filter(here | Q(uuid__in=keys_promised(PlanProduction)))
    orders = orders.exclude(state=CANCELLED).order_by("starts_at", "pk")[: most + 1]
    found = shown_productions(orders)
    inside = [one for one in found[:most] if _is_within(one, days)]
    jobs = open_jobs({order for one in inside if (order := order_of(one)) is not None})
    entries = [entry for one in inside if (entry := _entry(one, jobs, now=now))]
    return Found(entries, is_cut=len(found) > most)


def production_entry(key: UUID, *, now: dt.datetime) -> Entry | None:
    """Return a production, if it has a time; four queries."""
    for shown in shown_productions(_orders().filter(uuid=key).exclude(state=CANCELLED)):
        order = order_of(shown)
        return _entry(shown, open_jobs([order] if order else []), now=now)
    return None


def _orders() -> QuerySet[ManufacturingOrder]:
    steps = WorkOrder.objects.filter(deleted_at=None).select_related("work_center")
    return (
        ManufacturingOrder.objects.filter(deleted_at=None)
        .select_related("order_line")
        .prefetch_related(Prefetch("work_orders", steps.order_by("position", "odoo_id")))
    )


def _is_within(shown: ShownProduction, days: Days) -> bool:
    if shown.starts_at is None:  # what was promised of it, Odoo has refused
        return False
    return shown.starts_at < days.ends_at and _end_of(shown, shown.starts_at) > days.starts_at


def _end_of(shown: ShownProduction, starts_at: dt.datetime) -> dt.datetime:
    return max(shown.ends_at or starts_at, starts_at + SHORTEST)


def _entry(shown: ShownProduction, jobs: Jobs, *, now: dt.datetime) -> Entry | None:
    if shown.starts_at is None:
        return None
    order, starts_at = shown.order, shown.starts_at
    # A work order that was taken off may still be mirrored: the production's list decides.
    steps = [one for one in order.work_orders.all() if one.odoo_id in order.work_order_ids]
    parts = tuple(_parts(shown, starts_at, steps))
    amount = f"{quantity(order.quantity)} {shown.unit}".strip()
    words = [amount, ", then ".join(dict.fromkeys(part.row.name for part in parts))]
    return Entry(
        kind=Kind.PRODUCTION,
        key=str(shown.key),
        title=" ".join(str(one) for one in (order.name, order.product) if one),
        line=" · ".join(word for word in words if word),
        starts_at=starts_at,
        ends_at=_end_of(shown, starts_at),
        is_of_day=False,
        rows=tuple(dict.fromkeys(part.row for part in parts)) or (NOWHERE,),
        address=f"{reverse('scheduling:productions')}#production-card-{shown.key}",
        seen={
            "seen_starts_at": text_of(shown.starts_at),
            "seen_ends_at": text_of(shown.ends_at),
        },
        fixed="It is made." if shown.is_over else "",
        notices=tuple(_notices(shown, jobs, now=now)),
        parts=parts,
    )


def _parts(
    shown: ShownProduction, starts_at: dt.datetime, steps: Iterable[WorkOrder]
) -> Iterable[Part]:
    """Return each step where and when it is done.

    What has no times of its own, or is planned anew and waits for Odoo, has those of the whole.
    """
    for step in steps:
        center = step.work_center
        row = Row(f"center-{center.pk}", center.name) if center else NOWHERE
        first, last = step.starts_at, step.ends_at
        if "plan" in shown.promised or first is None:
            first, last = starts_at, shown.ends_at
        yield Part(row, step.name, first, max(last or first, first + SHORTEST))


def _notices(shown: ShownProduction, jobs: Jobs, *, now: dt.datetime) -> Iterable[Notice]:
    if shown.is_over:
        yield Notice("made", level="fine")
        return
    if is_late(shown, now=now):
        yield Notice("late", "It should be made by now, or should have been begun.", "bad")
    if missed := [one for one in waiting_for(shown, jobs) if one.is_missed]:
        orders = ", ".join(one.order for one in missed)
        yield Notice("delivery leaves too early", f"{orders} leaves before it is made.", "bad")
    if not shown.may_start:
        yield Notice("in progress", level="info")
