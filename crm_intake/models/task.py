"""What a person in the office must look at."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from crm_intake.models.talk import Message


class OfficeTask(models.Model):
    """A question that only a person can answer, about a text that came in."""

    class Kind(models.TextChoices):
        """What is asked."""

        MEANT_THE_ORDER = "MEANT_THE_ORDER", "Did they mean the order?"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    message = models.ForeignKey(Message, models.PROTECT, related_name="tasks")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["message", "kind"], name="a_text_asks_a_thing_once"),
            CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_task_is_done_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(done_at__isnull=True), name="tasks_to_do")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.message_id})"
