"""When the yard is open, and when its drivers work."""

import datetime as dt

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.dates import WEEKDAYS

from scheduling.models.fleet import DriverProfile


class Closure(models.Model):
    """Days, the last included, on which the yard is closed."""

    first_day = models.DateField()
    last_day = models.DateField(db_index=True)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_closure_ends_after_it_begins"
            ),
            UniqueConstraint(fields=["first_day", "last_day", "name"], name="a_closure_is_once"),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """When the yard is open on a weekday, 0 for Monday; no row: it is closed.

    As long as there is no row at all, ``FIRST_WEEK`` holds.
    """

    weekday = models.PositiveSmallIntegerField(unique=True)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(weekday__lte=6), name="hours_are_of_a_weekday"),
            CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="the_yard_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M} to {self.closes:%H:%M}"


FIRST_WEEK = {weekday: (dt.time(7), dt.time(17)) for weekday in range(5)}


class Shift(models.Model):
    """When a driver works, on each such weekday (0 for Monday) or on one day.

    The shifts of a day go before those of its weekday. Who has none at all works while the yard
    is open.
    """

    driver = models.ForeignKey(DriverProfile, models.PROTECT, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(weekday__isnull=False, weekday__lte=6, day__isnull=True)
                | Q(weekday__isnull=True, day__isnull=False),
                name="a_shift_is_of_a_weekday_or_a_day",
            ),
            CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_shift_ends_after_it_starts"),
            UniqueConstraint(
                fields=["driver", "weekday", "day", "starts"],
                nulls_distinct=False,
                name="a_shift_of_a_driver_is_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M} to {self.ends:%H:%M}"

    @property
    def weekday_name(self) -> str:
        """The weekday in words; empty for a shift of one day."""
        return "" if self.weekday is None else str(WEEKDAYS[self.weekday])


class DriverAbsence(models.Model):
    """Days, the last included, on which a driver is away, and what was said of it."""

    driver = models.ForeignKey(DriverProfile, models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField(db_index=True)
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="an_absence_ends_after_it_begins"
            ),
            UniqueConstraint(
                fields=["driver", "first_day", "last_day"], name="an_absence_of_a_driver_is_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"
