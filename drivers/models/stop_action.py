"""What a driver did at a stop."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from scheduling.models import Stop


class StopAction(models.Model):
    """One act, once: the phone names it, so that a second tap is the same act.

    ``done_at`` is when the driver did it, ``received_at`` when the portal heard of it.
    """

    class What(models.TextChoices):
        """What was done."""

        DELIVERED = "DELIVERED", "Delivered"
        COLLECTED = "COLLECTED", "Collected"

    submission_id = models.UUIDField(unique=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stop = models.ForeignKey(Stop, models.PROTECT, related_name="actions")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(what__in=["DELIVERED", "COLLECTED"]), name="act_is_one_of_ours"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.submission_id}"
