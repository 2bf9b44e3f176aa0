"""A run as it is driven."""

from django.db import models
from django.db.models import CheckConstraint, F, Q

from scheduling.models import Run


class Drive(models.Model):
    """When a driver began and ended a run, and when the phone was heard last.

    Beginning and end are the driver's own words, by our clock; the office may end it, too.
    """

    run = models.OneToOneField(Run, models.CASCADE, primary_key=True, related_name="drive")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at=None) | Q(ended_at__gte=F("started_at")),
                name="a_drive_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return f"drive of {self.run_id}"
