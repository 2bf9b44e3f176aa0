"""People who call and write, known by their numbers."""

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q


class Person(models.Model):
    """One person; may have several numbers.

    Of one under suspicion no leads are made; whom the office has cleared is never suspected again.
    """

    class Suspicion(models.TextChoices):
        """Whether it is somebody who writes to everybody."""

        NONE = "NONE", "None"
        SUSPECTED = "SUSPECTED", "May be spam"
        SPAM = "SPAM", "Spam"
        CLEARED = "CLEARED", "No spam"

    SPAM = (Suspicion.SUSPECTED, Suspicion.SPAM)
    HEARD = (Suspicion.NONE, Suspicion.CLEARED)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    suspicion = models.CharField(
        max_length=9, choices=Suspicion.choices, default=Suspicion.NONE, db_default="NONE"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or f"person {self.pk}"

    @property
    def is_spam(self) -> bool:
        """Whether what comes from there is no lead."""
        return self.suspicion in self.SPAM


class FormerPerson(models.Model):
    """Somebody who turned out to be another, under whose page old links lead there."""

    uuid = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"former person {self.uuid}"


class PhoneNumber(models.Model):
    """A number, as E.164, and whose it is."""

    number = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="numbers")
    is_landline = models.BooleanField(
        default=False, db_default=False, help_text="A provider said that no text can be read there."
    )

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(number__regex=r"^\+[0-9]{4,15}$"), name="number_is_e164")
        ]

    def __str__(self) -> str:
        return f"…{self.number[-2:]}"
