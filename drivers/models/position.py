"""Where a truck was while it was driven."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from scheduling.models import Run
from scheduling.models.point import Point


class Position(models.Model):
    """What the phone measured during a run, ``accuracy`` in metres. Kept for some days only.

    ``at`` is when, by our clock. ``phone_at`` is the same by the phone's, which may be wrong: it
    does not change when the phone sends it again, so that this is the same position.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="positions")
    at = models.DateTimeField(db_index=True)
    phone_at = models.DateTimeField()
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    longitude = models.DecimalField(max_digits=9, decimal_places=6)
    accuracy = models.PositiveIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["run", "phone_at"], name="a_position_is_kept_once"),
            CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_position_is_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["run", "-at"], name="last_position_of_a_run")]

    def __str__(self) -> str:
        return f"position on {self.run_id}"

    @property
    def point(self) -> Point:
        """The place itself."""
        return Point(self.latitude, self.longitude)
