"""When the yard is open, drivers work and trucks are in use: our own words, and Odoo's."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from odoo_bridge.models import Resource, TimeOff
from portal.setup.selectors.profile import business_zone
from scheduling.models import (
    Closure,
    DriverAbsence,
    DriverProfile,
    OpeningHours,
    Shift,
    TruckService,
)
from scheduling.models.hours import FIRST_WEEK

Hours = tuple[dt.time, dt.time]
DAY = dt.timedelta(days=1)
COMMON = (dt.time(7), dt.time(17))


@dataclass(frozen=True)
class Absence:
    """A time in which a driver is away. Odoo's may begin and end within a day.

    ``words`` are what was written here; why somebody is away in Odoo is not shown: it may be an
    illness.
    """

    starts_at: dt.datetime
    ends_at: dt.datetime
    words: str
    is_odoos: bool

    def overlaps(self, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
        """Whether any of that time falls into it."""
        return self.starts_at < ends_at and starts_at < self.ends_at


def closed_days(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """Return the days, the last included, on which the yard is closed, and what they are called.

    They are our closures, and the days on which Odoo has a time off for everybody that lasts from
    the opening to the closing of the yard: a public holiday. Four queries.
    """
    closed: dict[dt.date, list[str]] = {}
    rows = Closure.objects.filter(first_day__lte=last, last_day__gte=first)
    for row in rows.order_by("first_day", "name"):
        for day in _days(max(first, row.first_day), min(last, row.last_day)):
            closed.setdefault(day, []).append(row.name)
    zone, usual = business_zone(), week()
    for off in _times_off(first, last, zone).filter(
        resource_odoo_id__isnull=True, hours_odoo_id__isnull=True
    ):
        for day in _days(first, last):
            if day not in closed and _lasts_all_day(_odoos(off), day, usual, zone):
                closed[day] = [off.name]
    return {day: ", ".join(names) for day, names in sorted(closed.items())}


def week() -> Mapping[int, Hours]:
    """Return the opening hours by weekday, or the first ones; one query."""
    rows = OpeningHours.objects.order_by("weekday")
    return {row.weekday: (row.opens, row.closes) for row in rows} or FIRST_WEEK


def usual_hours(day: dt.date, driver: DriverProfile | None = None) -> Hours:
    """Return from when to when a run of the day is out, if nobody says otherwise.

    From the driver's first shift to the end of the last, else as the yard is open on that weekday,
    else a common working day. Two queries.
    """
    shifts = shifts_of([driver.pk], day).get(driver.pk) if driver else None
    if shifts:
        return shifts[0][0], max(ends for _starts, ends in shifts)
    return week().get(day.weekday(), COMMON)


def hours_of(day: dt.date) -> Hours | None:
    """Return from when to when the yard is open; ``None``: it is closed. Five queries."""
    return hours_of_days(day, day)[day]


def hours_of_days(first: dt.date, last: dt.date) -> dict[dt.date, Hours | None]:
    """Return the same of each of these days, the last included; five queries."""
    closed, usual = closed_days(first, last), week()
    return {day: None if day in closed else usual.get(day.weekday()) for day in _days(first, last)}


def shifts_of(driver_ids: Iterable[int], day: dt.date) -> dict[int, list[Hours]]:
    """Return when these drivers work on the day, in order; nothing: they do not.

    Who has no shifts of weekdays and none of the day is not named: the yard's hours hold for them.
    One query.
    """
    rows = Shift.objects.filter(Q(day=day) | Q(day__isnull=True), driver__in=list(driver_ids))
    usual: dict[int, list[Hours]] = {}
    special: dict[int, list[Hours]] = {}
    for row in rows.order_by("starts"):
        if row.day is not None:
            special.setdefault(row.driver_id, []).append((row.starts, row.ends))
            continue
        hours = usual.setdefault(row.driver_id, [])
        if row.weekday == day.weekday():
            hours.append((row.starts, row.ends))
    return {**usual, **special}


def in_service(
    truck_ids: Iterable[int], first: dt.date, last: dt.date
) -> dict[int, list[tuple[dt.date, dt.date, str]]]:
    """Return when these trucks are in the workshop between these days, the last included, in order.

    Each is its first day, its last day, and what was said of it. A truck that is always free is
    not named. One query.
    """
    found: dict[int, list[tuple[dt.date, dt.date, str]]] = {}
    rows = TruckService.objects.filter(
        truck__in=list(truck_ids), first_day__lte=last, last_day__gte=first
    )
    for row in rows.order_by("first_day", "pk"):
        found.setdefault(row.truck_id, []).append((row.first_day, row.last_day, row.words))
    return found


def absences(driver_ids: Iterable[int], first: dt.date, last: dt.date) -> dict[int, list[Absence]]:
    """Return when these drivers are away between these days, the last included, in order.

    Odoo's time off is found by the employee's resource: their own, and that of all with the same
    working hours, or of all. A driver who is no employee in Odoo has only what is said here.
    Four queries; each driver is named.
    """
    zone, keys = business_zone(), list(driver_ids)
    found = _own(keys, first, last, zone)
    drivers = DriverProfile.objects.filter(pk__in=keys, employee__resource__isnull=False)
    times_off = list(_times_off(first, last, zone))
    for driver in drivers.select_related("employee__resource"):
        resource = driver.employee and driver.employee.resource
        found[driver.pk] += [_odoos(one) for one in times_off if resource and _is_of(one, resource)]
    return {key: sorted(of, key=lambda one: one.starts_at) for key, of in found.items()}


def _own(
    keys: list[int], first: dt.date, last: dt.date, zone: ZoneInfo
) -> dict[int, list[Absence]]:
    found: dict[int, list[Absence]] = {key: [] for key in keys}
    rows = DriverAbsence.objects.filter(driver__in=keys, first_day__lte=last, last_day__gte=first)
    for row in rows:
        starts, ends = _midnight(row.first_day, zone), _midnight(row.last_day + DAY, zone)
        found[row.driver_id].append(Absence(starts, ends, row.words, is_odoos=False))
    return found


def _times_off(first: dt.date, last: dt.date, zone: ZoneInfo) -> QuerySet[TimeOff]:
    """Return what Odoo has between these days of leave, always with its times."""
    starts, ends = _midnight(first, zone), _midnight(last + DAY, zone)
    found = TimeOff.objects.filter(deleted_at=None, kind=TimeOff.LEAVE)
    return found.filter(starts_at__lt=ends, ends_at__gt=starts).order_by("starts_at", "pk")


def _odoos(off: TimeOff) -> Absence:
    starts, ends = cast("dt.datetime", off.starts_at), cast("dt.datetime", off.ends_at)
    return Absence(starts, ends, "", is_odoos=True)


def _lasts_all_day(off: Absence, day: dt.date, usual: Mapping[int, Hours], zone: ZoneInfo) -> bool:
    hours = usual.get(day.weekday())
    if hours is None:
        return False
    opens, closes = (dt.datetime.combine(day, hour, zone) for hour in hours)
    return off.starts_at <= opens and closes <= off.ends_at


def _is_of(off: TimeOff, resource: Resource) -> bool:
    """Whether it concerns the resource: itself, all with its working hours, or everybody."""
    if off.resource_odoo_id is not None:
        return off.resource_odoo_id == resource.odoo_id
    same_company = off.company_odoo_id in {None, resource.company_odoo_id}
    return same_company and off.hours_odoo_id in {None, resource.hours_odoo_id}


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone)


def _days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
