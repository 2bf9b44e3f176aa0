"""When people and work centres work, and when they do not."""

from django.db import models

from odoo_bridge.models.mirror import Mirror, Reference, odoo_id_field, quantity_field, text_field
from odoo_bridge.models.organisation import Company, OdooUser


class WorkingHours(Mirror):
    """A weekly timetable. The times of its periods are those of the time zone ``zone``.

    ``has_two_weeks``: it is one of two weeks that take turns. ``is_flexible``: only the sum counts.
    """

    name = text_field()
    zone = text_field(64)
    hours_per_day = quantity_field()
    hours_per_week = quantity_field()
    has_two_weeks = models.BooleanField(default=False)
    is_flexible = models.BooleanField(default=False)
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class WorkingPeriod(Mirror):
    """From when to when, on a weekday (0 is Monday), in hours since midnight: 8.5 is 8:30.

    ``week`` is 0 or 1 in a timetable of two weeks, else empty. A period of the kind ``lunch`` is a
    break, and one that ``is_heading`` only divides the list.
    """

    hours = Reference(WorkingHours, related_name="periods")
    hours_odoo_id = odoo_id_field()
    name = text_field()
    weekday = models.PositiveSmallIntegerField(default=0)
    starts = quantity_field()
    ends = quantity_field()
    kind = text_field(16)
    week = text_field(8)
    is_heading = models.BooleanField(default=False)
    position = models.IntegerField(default=0)


class Resource(Mirror):
    """Who or what works: ``kind`` is a person (user) or a work centre (material).

    Without ``hours`` it works at any time. ``efficiency`` is in percent.
    """

    name = text_field()
    kind = text_field(16)
    hours = Reference(WorkingHours, related_name="resources")
    hours_odoo_id = odoo_id_field()
    user = Reference(OdooUser)
    user_odoo_id = odoo_id_field()
    efficiency = quantity_field()
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class TimeOff(Mirror):
    """A time in which a resource does not work; without a resource, nobody with these hours does.

    ``kind`` is ``leave``, or ``other`` for a time that is taken up: a planned work order's.
    """

    LEAVE = "leave"

    name = text_field()
    resource = Reference(Resource, related_name="times_off")
    resource_odoo_id = odoo_id_field()
    hours = Reference(WorkingHours, related_name="times_off")
    hours_odoo_id = odoo_id_field()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    kind = text_field(16)
    company = Reference(Company)
    company_odoo_id = odoo_id_field()

    def __str__(self) -> str:
        return self.name
