"""How much of its working time a work centre's plan takes, day by day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from odoo_bridge.models import ManufacturingOrder, WorkCenter, WorkOrder
from odoo_bridge.selectors.productions import ShownProduction, shown_productions
from scheduling.selectors.working_time import Span, clipped, working_time

ONE_DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=366)  # what lasts longer is a mistyped year
ONE_MINUTE = Decimal(1)
NEARLY_FULL = 85  # percent
OVER = ("done", "cancel")


@dataclass(frozen=True)
class DayLoad:
    """A work centre's day: the whole minutes in which it works, and those that are planned."""

    day: dt.date
    available: Decimal
    planned: Decimal

    @property
    def percent(self) -> int | None:
        """How much of it is planned; ``None`` on a day on which it does not work."""
        return round(100 * self.planned / self.available) if self.available else None

    @property
    def is_over(self) -> bool:
        """Whether more is planned than can be made."""
        return self.planned > self.available

    @property
    def is_nearly_full(self) -> bool:
        """Whether hardly anything can be added."""
        return not self.is_over and self.percent is not None and self.percent > NEARLY_FULL

    @property
    def available_hours(self) -> Decimal:
        """In hours, to a tenth."""
        return round(self.available / 60, 1)

    @property
    def planned_hours(self) -> Decimal:
        """In hours, to a tenth."""
        return round(self.planned / 60, 1)


@dataclass(frozen=True)
class Work:
    """So many minutes that are to be done somewhere within a span."""

    span: Span
    minutes: Decimal

    def spread_over(self, at_work: Sequence[Span], days: Sequence[Span]) -> list[Decimal]:
        """Return how many of them fall on each of these days."""
        times = clipped(at_work, self.span) or [self.span]
        whole = _length(times, self.span)
        return [self.minutes * _length(times, day) / whole for day in days]


def capacity(
    centers: Sequence[WorkCenter], *, days: Sequence[dt.date], today: dt.date
) -> dict[int, list[DayLoad]]:
    """Return the load of these days, one or more in a row, by work centre; five queries.

    A work order's minutes are spread over the working time between its start and its end, or over
    that time evenly if the centre does not work then at all. Without times of its own it takes
    those of its production. What should have been done before today is still to do: it counts
    today. What was promised of a production counts, as everywhere.
    """
    spans = [_span_of(day) for day in days]
    work = _work_of(centers, today=_span_of(today), before=spans[-1].end)
    all_spans = [*spans, *(one.span for of_center in work.values() for one in of_center)]
    within = Span(min(one.start for one in all_spans), max(one.end for one in all_spans))
    at_work = working_time(centers, within=within)
    found = {}
    for center in centers:
        times = at_work[center.pk]
        available = [_length(times, day) for day in spans]
        nothing = [Decimal(0) for _day in spans]
        shares_of = [one.spread_over(times, spans) for one in work[center.pk]]
        planned = zip(nothing, *shares_of, strict=True)
        found[center.pk] = [
            DayLoad(
                day, open_for.quantize(ONE_MINUTE), sum(shares, Decimal(0)).quantize(ONE_MINUTE)
            )
            for day, open_for, shares in zip(days, available, planned, strict=True)
        ]
    return found


def _span_of(day: dt.date) -> Span:
    """Return a day of the business, which has 23 or 25 hours now and then."""
    starts, ends = (
        timezone.make_aware(dt.datetime.combine(one, dt.time.min)) for one in (day, day + ONE_DAY)
    )
    return Span(starts.astimezone(dt.UTC), ends.astimezone(dt.UTC))


def _work_of(
    centers: Sequence[WorkCenter], *, today: Span, before: dt.datetime
) -> Mapping[int | None, list[Work]]:
    """Return what is still to be done at each centre, and begins before that moment."""
    steps = (
        WorkOrder.objects.filter(work_center__in=centers, deleted_at=None)
        .filter(production__deleted_at=None)
        .exclude(state__in=OVER)
        .exclude(production__state__in=OVER)
    )
    productions = ManufacturingOrder.objects.filter(work_orders__in=steps).distinct()
    shown = {one.order.pk: one for one in shown_productions(productions)}
    found: defaultdict[int | None, list[Work]] = defaultdict(list)
    for step in steps:
        span = _span_of_step(step, shown.get(step.production_id or 0), before=before)
        if span is not None:
            is_late = span.end <= today.start
            work = Work(today if is_late else span, step.expected_minutes)
            found[step.work_center_id].append(work)
    return found


def _span_of_step(
    step: WorkOrder, production: ShownProduction | None, *, before: dt.datetime
) -> Span | None:
    """Return when it is to be done; ``None`` if that is later, or nobody says, or never."""
    if production is None or production.is_over:
        return None
    if step.odoo_id not in production.order.work_order_ids:  # it was taken off
        return None
    starts_at, ends_at = step.starts_at, step.ends_at
    if starts_at is None:
        starts_at, ends_at = production.starts_at, production.ends_at
    if starts_at is None or starts_at >= before:
        return None
    if ends_at is None or ends_at <= starts_at:
        lasts = dt.timedelta(minutes=max(float(step.expected_minutes), 1.0))
        ends_at = starts_at + min(lasts, LONGEST)
    return Span(starts_at, min(ends_at, starts_at + LONGEST))


def _length(spans: Sequence[Span], within: Span) -> Decimal:
    """Return how many minutes they are within another."""
    return sum((one.minutes for one in clipped(spans, within)), Decimal(0))
