"""When work centres work: their weekly hours without the times off, as Odoo reckons it."""

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from odoo_bridge.models import TimeOff, WorkCenter, WorkingHours, WorkingPeriod

ONE_DAY = dt.timedelta(days=1)
LUNCH = "lunch"
NOON = 12
SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, order=True)
class Span:
    """The time from ``start`` to before ``end``."""

    start: dt.datetime
    end: dt.datetime

    @property
    def minutes(self) -> Decimal:
        """How long it is."""
        return Decimal((self.end - self.start).total_seconds()) / 60


def working_time(centers: Sequence[WorkCenter], *, within: Span) -> dict[int, list[Span]]:
    """Return when each of these works, by its key: spans in order that do not overlap.

    One without hours works day and night, as Odoo has it, but for its times off. Two queries;
    the centres come with their hours.
    """
    periods, times_off = _periods_of(centers), _times_off_of(centers, within)
    found = {}
    for center in centers:
        at_work = [within]
        if center.hours is not None:
            at_work = _at_work(center.hours, periods[center.hours.pk], within)
        off = [
            Span(one.starts_at, one.ends_at)
            for one in times_off
            if one.starts_at and one.ends_at and _concerns(one, center)
        ]
        found[center.pk] = without(joined(at_work), joined(off))
    return found


def clipped(spans: Iterable[Span], within: Span) -> list[Span]:
    """Return the parts of spans that lie within another."""
    return [
        Span(max(one.start, within.start), min(one.end, within.end))
        for one in spans
        if max(one.start, within.start) < min(one.end, within.end)
    ]


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the same time in order, and none of it twice."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def without(spans: Iterable[Span], off: Iterable[Span]) -> list[Span]:
    """Return the time of spans that lies in none of the others; both are joined."""
    left = list(spans)
    for gone in off:
        halves = ((Span(s.start, gone.start), Span(gone.end, s.end)) for s in left)
        left = [part for s, pair in zip(left, halves, strict=True) for part in clipped(pair, s)]
    return left


def _periods_of(centers: Iterable[WorkCenter]) -> Mapping[int | None, list[WorkingPeriod]]:
    rows = WorkingPeriod.objects.filter(
        hours__in={center.hours_id for center in centers}, deleted_at=None, is_heading=False
    ).exclude(kind=LUNCH)
    found: defaultdict[int | None, list[WorkingPeriod]] = defaultdict(list)
    for row in rows:
        found[row.hours_id].append(row)
    return found


def _times_off_of(centers: Iterable[WorkCenter], within: Span) -> list[TimeOff]:
    """Return the times off of these, of their hours, and of the whole company.

    What planned work orders take up is in Odoo's table too; it is no time off.
    """
    centers = list(centers)
    theirs = Q(resource__in={center.resource_id for center in centers})
    everybody = Q(hours__in={center.hours_id for center in centers}) | Q(hours_odoo_id=None)
    return list(
        TimeOff.objects.filter(
            theirs | Q(everybody, resource_odoo_id=None),
            kind=TimeOff.LEAVE,
            deleted_at=None,
            starts_at__lt=within.end,
            ends_at__gt=within.start,
        )
    )


def _concerns(off: TimeOff, center: WorkCenter) -> bool:
    if off.resource_odoo_id is not None:
        return off.resource_id is not None and off.resource_id == center.resource_id
    if off.hours_odoo_id is not None:
        return off.hours_id is not None and off.hours_id == center.hours_id
    return off.company_odoo_id in {None, center.company_odoo_id}


def _at_work(hours: WorkingHours, periods: Iterable[WorkingPeriod], within: Span) -> list[Span]:
    """Return the times of the timetable, by the clock of its own zone."""
    zone = _zone_of(hours)
    day, last = within.start.astimezone(zone).date(), within.end.astimezone(zone).date()
    found = []
    while day <= last:
        for starts, ends in _hours_on(day, hours, periods):
            found.append(Span(_at(day, starts, zone), _at(day, ends, zone)))
        day += ONE_DAY
    return clipped(found, within)


def _hours_on(
    day: dt.date, hours: WorkingHours, periods: Iterable[WorkingPeriod]
) -> list[tuple[Decimal, Decimal]]:
    """Return from which hour to which there is work on a day.

    Where only the sum counts, the days of a week are filled from Monday on, around noon.
    """
    if hours.is_flexible:
        left = hours.hours_per_week - day.weekday() * hours.hours_per_day
        half = max(min(left, hours.hours_per_day), Decimal(0)) / 2
        return [(NOON - half, NOON + half)]
    week = str((day.toordinal() - 1) // 7 % 2)  # Odoo's count of weeks, which take turns for ever
    return [
        (one.starts, one.ends)
        for one in periods
        if one.weekday == day.weekday() and (not hours.has_two_weeks or one.week == week)
    ]


def _at(day: dt.date, hour: Decimal, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """Return when the clock shows so many hours since midnight; 24 is the next midnight."""
    clock = dt.datetime.combine(day, dt.time.min) + dt.timedelta(
        seconds=round(hour * SECONDS_AN_HOUR)
    )
    return clock.replace(tzinfo=zone).astimezone(dt.UTC)


def _zone_of(hours: WorkingHours) -> zoneinfo.ZoneInfo:
    """Return the zone of a timetable; a name that this machine does not know counts as UTC."""
    try:
        return zoneinfo.ZoneInfo(hours.zone or "UTC")
    except zoneinfo.ZoneInfoNotFoundError:
        return zoneinfo.ZoneInfo("UTC")
