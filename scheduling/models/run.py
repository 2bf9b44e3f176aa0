"""A truck's trip on a day, and what it stops for."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import CheckConstraint, Deferrable, F, Func, Q, UniqueConstraint

from scheduling.models.fleet import DriverProfile, Truck
from scheduling.models.job import Job


def problems() -> "models.JSONField[Any, Any]":
    """Return a column for what is wrong with it, as ``services.check_runs`` last saw it."""
    return models.JSONField(default=list, db_default=[])


def locker() -> "models.ForeignKey[Any, Any]":
    """Return a column for who has locked it; ``None`` as long as it may be changed."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )


class Period(Func):
    """The time from one column to the other, its end left out."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


PERIOD = Period("starts_at", "ends_at", RangeBoundary())


class Run(models.Model):
    """A truck, a driver, a day and a trip. Nobody and nothing is in two places at once.

    ``day`` is a day of the business; ``trip`` counts the truck's runs of that day from 1.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    truck = models.ForeignKey(Truck, models.PROTECT, related_name="runs")
    driver = models.ForeignKey(DriverProfile, models.PROTECT, null=True, related_name="runs")
    day = models.DateField(db_index=True)
    trip = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    locked_by = locker()
    problems = problems()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["truck", "day", "trip"], name="one_run_a_trip_of_a_truck"),
            CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="run_ends_after_start"),
            ExclusionConstraint(
                name="truck_in_one_place_at_a_time",
                expressions=[(PERIOD, RangeOperators.OVERLAPS), ("truck", RangeOperators.EQUAL)],
                deferrable=Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="driver_in_one_place_at_a_time",
                expressions=[(PERIOD, RangeOperators.OVERLAPS), ("driver", RangeOperators.EQUAL)],
                condition=Q(driver__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"


class Stop(models.Model):
    """A job's place on a run; the first stop of a run has the position 0."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="stops")
    job = models.OneToOneField(Job, models.PROTECT, related_name="stop")
    position = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True)
    locked_by = locker()
    problems = problems()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["run", "position"],
                name="one_stop_a_place_on_a_run",
                deferrable=Deferrable.IMMEDIATE,
            )
        ]

    def __str__(self) -> str:
        return f"stop {self.pk}"
