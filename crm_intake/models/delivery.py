"""What providers posted to us, and what we made of it."""

from django.db import models
from django.db.models import UniqueConstraint


class WebhookDelivery(models.Model):
    """A delivery with a good signature, byte by byte as it came, but for our codes' digits.

    Refused twice for ever.
    """

    class State(models.TextChoices):
        """What became of it."""

        NEW = "NEW", "New"
        DONE = "DONE", "Done"
        NO_EFFECT = "NO_EFFECT", "Kept"
        NOT_UNDERSTOOD = "NOT_UNDERSTOOD", "Not understood"
        FAILED = "FAILED", "Failed"

    TROUBLED = (State.NOT_UNDERSTOOD, State.FAILED)

    provider = models.CharField(max_length=20)
    delivery_id = models.CharField(max_length=200)
    body = models.BinaryField()
    about = models.CharField(
        max_length=80, db_default="", help_text="What was beside the body: the door, a header."
    )
    late = models.BooleanField(default=False, help_text="Outside the signature's time window.")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.NEW)
    kind = models.CharField(max_length=80, blank=True, help_text="The provider's event type.")
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["provider", "delivery_id"], name="a_delivery_is_taken_once")
        ]
        indexes = [
            models.Index(fields=["provider", "received_at"], name="deliveries_by_time"),
            models.Index(
                fields=["id"], condition=models.Q(state="NEW"), name="deliveries_to_understand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.delivery_id}"


class RefusedDelivery(models.Model):
    """A post that proved nothing: only the reason and the body's hash are kept.

    Of a flood the first are kept so; the rest of a minute is a row without a hash, of the minute's
    beginning.
    """

    provider = models.CharField(max_length=20)
    reason = models.CharField(max_length=80)
    body_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    times = models.PositiveIntegerField(db_default=1, help_text="How many posts it stands for.")

    class Meta:
        indexes = [models.Index(fields=["provider", "received_at"], name="refusals_by_time")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.reason}"
