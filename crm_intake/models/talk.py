"""Texts and calls that came in."""

from django.db import models
from django.db.models import UniqueConstraint

from crm_intake.models.delivery import WebhookDelivery
from crm_intake.models.person import Person


class Message(models.Model):
    """A text to the business. ``sender`` is as given; ``person`` is empty when it is no number."""

    provider = models.CharField(max_length=20)
    event_key = models.CharField(max_length=200)
    delivery = models.ForeignKey(WebhookDelivery, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="messages")
    sender = models.CharField(max_length=80)
    recipient = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    is_stop = models.BooleanField(default=False)
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["provider", "event_key"], name="a_text_is_kept_once")
        ]
        indexes = [models.Index(fields=["occurred_at"], name="messages_by_time")]

    def __str__(self) -> str:
        return f"text {self.event_key}"


class Call(models.Model):
    """A call to the business, put together from all that the provider tells of it."""

    provider = models.CharField(max_length=20)
    event_key = models.CharField(max_length=200)
    delivery = models.ForeignKey(WebhookDelivery, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="calls")
    caller = models.CharField(max_length=80, blank=True)
    callee = models.CharField(max_length=80, blank=True)
    missed = models.BooleanField(default=False)
    voicemail_url = models.CharField(max_length=500, blank=True)
    occurred_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["provider", "event_key"], name="a_call_is_kept_once")
        ]
        indexes = [models.Index(fields=["occurred_at"], name="calls_by_time")]

    def __str__(self) -> str:
        return f"call {self.event_key}"
