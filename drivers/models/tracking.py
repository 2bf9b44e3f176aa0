"""The page on which a customer follows a job, and the texts about the way there."""

import secrets

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from crm_intake.models import OutgoingText
from scheduling.models import Job

TOKEN_BYTES = 16
TOKEN = "^[A-Za-z0-9_-]{22}$"  # noqa: S105 - how so many bytes are written


def new_token() -> str:
    """Return what an address of this page ends with."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Tracking(models.Model):
    """Whoever has the ``token`` may follow the job, without a log-in.

    An open job can be followed always, one that is done or cancelled until it ``expires``.
    """

    job = models.OneToOneField(Job, models.CASCADE, related_name="tracking")
    token = models.CharField(max_length=22, unique=True, default=new_token)
    made_at = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(token__regex=TOKEN),
                name="nobody_guesses_a_token",
            ),
            CheckConstraint(
                condition=Q(expires__gt=F("made_at")), name="a_tracking_expires_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return f"tracking of {self.job_id}"


class WayText(models.Model):
    """That the customer was told, once a day and kind; ``text`` is what the gate made of it.

    ``expected_at`` is when we said that we are there; ``None``: nobody could tell.
    """

    class Kind(models.TextChoices):
        """What was told, by the act that it follows from."""

        ON_MY_WAY = "ON_MY_WAY", "On the way"
        ARRIVED = "ARRIVED", "Arrived"

    job = models.ForeignKey(Job, models.CASCADE, related_name="way_texts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    text = models.ForeignKey(OutgoingText, models.SET_NULL, null=True, related_name="+")
    expected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["job", "kind", "day"], name="told_once_a_day_and_kind"),
            CheckConstraint(
                condition=Q(kind__in=["ON_MY_WAY", "ARRIVED"]), name="a_way_text_is_one_of_ours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.job_id}"
