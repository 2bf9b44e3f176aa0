"""Files that came with a text or a call."""

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from crm_intake.models.talk import Call, Message


def where(attachment: "Attachment", _name: str) -> str:
    """Return a name that tells nothing and is nobody else's."""
    return f"intake/{attachment.uuid.hex}"


class Attachment(models.Model):
    """A file of a text or a call: fetched once, looked at, and kept where nobody else reads it.

    ``key`` tells the files of one text or call apart; a signed address changes, its path does not.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "WAITING", "Being fetched"
        KEPT = "KEPT", "Kept"
        GONE = "GONE", "Not kept"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="attachments")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="attachments")
    key = models.CharField(max_length=64)
    url = models.CharField(max_length=2000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    trouble = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    file = models.FileField(upload_to=where, blank=True)
    content_type = models.CharField(max_length=80, blank=True, help_text="By its own first bytes.")
    size = models.PositiveIntegerField(null=True, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(message__isnull=True, call__isnull=False)
                | Q(message__isnull=False, call__isnull=True),
                name="an_attachment_is_of_a_text_or_a_call",
            ),
            UniqueConstraint(fields=["message", "key"], name="a_file_of_a_text_is_kept_once"),
            UniqueConstraint(fields=["call", "key"], name="a_file_of_a_call_is_kept_once"),
            CheckConstraint(
                condition=~Q(state="KEPT") | ~(Q(file="") | Q(sha256="") | Q(size__isnull=True)),
                name="a_kept_attachment_has_its_file",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(state="WAITING"), name="attachments_to_fetch"
            )
        ]

    def __str__(self) -> str:
        return f"attachment {self.uuid}"
