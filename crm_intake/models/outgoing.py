"""Texts to people, and why they were or were not sent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from crm_intake.ledger.kinds import Purpose
from crm_intake.models.person import Person


class OutgoingText(models.Model):
    """A text that somebody wanted sent."""

    class State(models.TextChoices):
        """What became of it."""

        QUEUED = "QUEUED", "Waiting"
        SENDING = "SENDING", "Being sent"
        SENT = "SENT", "Sent"
        REFUSED = "REFUSED", "Refused"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=16)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    purpose = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Purpose])
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    rule = models.CharField(max_length=40, blank=True, help_text="The rule that refused it.")
    provider_id = models.CharField(max_length=80, blank=True)
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(state="REFUSED") & ~Q(rule="") | ~Q(state="REFUSED") & Q(rule=""),
                name="a_refused_text_names_its_rule",
            )
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="QUEUED"), name="texts_to_send")]

    def __str__(self) -> str:
        return f"text {self.uuid}"
