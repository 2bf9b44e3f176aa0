"""What people allowed and took back. The ledger only grows; today's state is its sum."""

import pgtrigger
from django.conf import settings
from django.db import models

from crm_intake.models.delivery import WebhookDelivery
from crm_intake.models.person import Person


class StopMark(models.Model):
    """A number that said stop, noted in the statement that stored the delivery.

    It counts from that moment; the ledger's event follows.
    """

    number = models.CharField(max_length=80, db_index=True, help_text="E.164, or as given.")
    delivery = models.OneToOneField(WebhookDelivery, models.PROTECT, related_name="stop_mark")
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"stop of …{self.number[-2:]}"


class ConsentEvent(models.Model):
    """One thing that a person said about being written to, with its evidence."""

    class Kind(models.TextChoices):
        """What was said."""

        REVOKED = "REVOKED", "Took consent back"
        RESTART_ASKED = "RESTART_ASKED", "Asked to start again"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    number = models.CharField(max_length=80, db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="consent_events")
    source = models.CharField(max_length=20, help_text="inbound_sms, staff, import …")
    wording = models.TextField(blank=True, help_text="What was said, to the letter.")
    delivery = models.ForeignKey(WebhookDelivery, models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "kind"], name="a_delivery_says_a_thing_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} by …{self.number[-2:]}"
