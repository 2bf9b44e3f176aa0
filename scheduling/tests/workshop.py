"""Benches with hours, and work for them: words for the tests."""

import datetime as dt
import zoneinfo

from odoo_bridge.models import Resource, TimeOff, WorkingHours, WorkingPeriod
from portal.testing.productions import (
    ManufacturingOrderFactory,
    WorkCenterFactory,
    WorkOrderFactory,
)

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
MONDAY = dt.date(2026, 11, 30)
DAY = dt.timedelta(days=1)


def at(day, hour, minute=0):
    """Return a moment on the clock of the business."""
    return dt.datetime.combine(day, dt.time(hour, minute), NEW_YORK)


def hours_of(*periods, zone="America/New_York", **values):
    """Return a timetable; ``(0, 8, 12)`` is Monday from eight to twelve."""
    hours = WorkingHours.objects.create(zone=zone, **values)
    for weekday, starts, ends, *more in periods:
        WorkingPeriod.objects.create(
            hours=hours, weekday=weekday, starts=starts, ends=ends, **(more[0] if more else {})
        )
    return hours


def bench(hours=None, **values):
    """Return a work centre that keeps these hours; without them, any."""
    resource = Resource.objects.create(hours=hours)
    return WorkCenterFactory(resource=resource, hours=hours, **values)


def off(starts_at, ends_at, *, resource=None, hours=None, kind=TimeOff.LEAVE, **values):
    return TimeOff.objects.create(
        starts_at=starts_at,
        ends_at=ends_at,
        resource=resource,
        resource_odoo_id=resource and resource.pk,
        hours=hours,
        hours_odoo_id=hours and hours.pk,
        kind=kind,
        **values,
    )


def work(center, starts_at, ends_at, *, minutes=120, production=None, **values):
    """Return a step at the work centre that its production lists."""
    production = production or ManufacturingOrderFactory(starts_at=at(MONDAY, 8))
    step = WorkOrderFactory(
        production=production,
        work_center=center,
        starts_at=starts_at,
        ends_at=ends_at,
        expected_minutes=minutes,
        **values,
    )
    production.work_order_ids.append(step.odoo_id)
    production.save()
    return step
