"""Ways by road that were measured."""

from decimal import Decimal

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


def _degrees() -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(max_digits=8, decimal_places=4)


class RoadDistance(models.Model):
    """How far it is by road from one point to another, each to eleven metres."""

    class Source(models.TextChoices):
        """Who has measured it."""

        OSRM = "OSRM", "OpenStreetMap's roads"
        GOOGLE = "GOOGLE", "Google"

    from_latitude = _degrees()
    from_longitude = _degrees()
    latitude = _degrees()
    longitude = _degrees()
    source = models.CharField(max_length=10, choices=Source.choices)
    metres = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()
    measured_at = models.DateTimeField()
    kept_until = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["from_latitude", "from_longitude", "latitude", "longitude"],
                name="a_way_is_measured_once",
            ),
            CheckConstraint(
                condition=~Q(source="GOOGLE") | Q(kept_until__isnull=False),
                name="a_way_of_google_is_forgotten_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"way of {self.metres} m"
