"""Hours, closures, shifts and absences, as an administrator keeps them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from scheduling.models import Closure, DriverAbsence, DriverProfile, Shift
from scheduling.selectors.free import Absence, Hours, absences, week

AHEAD = dt.timedelta(days=366)


@dataclass(frozen=True)
class HoursLists:
    """What holds from a day on; ``odoos`` are the drivers' times off in Odoo of the next year."""

    week: Mapping[int, Hours]
    closures: list[Closure]
    shifts: list[Shift]
    absences: list[DriverAbsence]
    drivers: list[DriverProfile]
    odoos: list[tuple[DriverProfile, Absence]]


def hours_lists(*, today: dt.date) -> HoursLists:
    """Return what holds from that day on; nine queries."""
    drivers = list(
        DriverProfile.objects.filter(is_active=True)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    away = absences([one.pk for one in drivers], today, today + AHEAD)
    shifts = Shift.objects.filter(Q(day__isnull=True) | Q(day__gte=today))
    kept = DriverAbsence.objects.filter(last_day__gte=today).select_related("driver__user")
    return HoursLists(
        week=week(),
        closures=list(Closure.objects.filter(last_day__gte=today).order_by("first_day", "name")),
        shifts=list(
            shifts.select_related("driver__user").order_by(
                "driver__user__name",
                "driver",
                F("day").asc(nulls_first=True),
                "weekday",
                "starts",
            )
        ),
        absences=list(kept.order_by("first_day", "driver__user__name", "pk")),
        drivers=drivers,
        odoos=[(one, off) for one in drivers for off in away[one.pk] if off.is_odoos],
    )
