"""Texts and calls, those that came in and those that went out."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from crm_intake.events import Fate
from crm_intake.models.delivery import WebhookDelivery
from crm_intake.models.person import Person
from crm_intake.models.searched import WORDS, WORDS_OF_A_CALL


class Message(models.Model):
    """A text, as a source told of it.

    ``sender`` and ``recipient`` are as given where they are no numbers; ``person`` is the one
    outside of the business, empty when theirs is no number. One that went out has a ``fate``.
    ``told_lead`` is the lead that Odoo was told of it by, made for it or open before; ``answers``
    the text of ours that asked for the yes that it is. ``done_at`` is when somebody has seen to one
    of nobody: it is in no conversation that could be done.
    """

    class Direction(models.TextChoices):
        """Who wrote it."""

        IN = "IN", "To the business"
        OUT = "OUT", "From the business"

    provider = models.CharField(max_length=20)
    event_key = models.CharField(max_length=200)
    delivery = models.ForeignKey(WebhookDelivery, models.PROTECT, related_name="+")
    direction = models.CharField(
        max_length=3, choices=Direction.choices, default=Direction.IN, db_default=Direction.IN
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="messages")
    sender = models.CharField(max_length=80)
    recipient = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    is_stop = models.BooleanField(default=False)
    fate = models.CharField(
        max_length=10,
        blank=True,
        db_default="",
        choices=[(fate.value, fate.value.capitalize()) for fate in Fate],
    )
    failure_code = models.CharField(
        max_length=40, blank=True, db_default="", help_text="The source's own, for why it failed."
    )
    occurred_at = models.DateTimeField()
    told_lead = models.ForeignKey("crm_intake.Lead", models.SET_NULL, null=True, related_name="+")
    answers = models.ForeignKey(
        "crm_intake.OutgoingText", models.SET_NULL, null=True, related_name="answers"
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["provider", "event_key"], name="a_text_is_kept_once"),
            CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False, person=None),
                name="a_text_of_nobody_is_done_by_somebody",
            ),
            CheckConstraint(
                condition=Q(direction="IN", fate="") | Q(Q(direction="OUT"), ~Q(fate="")),
                name="a_text_has_a_fate_when_it_went_out",
            ),
            CheckConstraint(
                condition=Q(failure_code="") | Q(fate="FAILED"),
                name="a_code_says_why_a_text_failed",
            ),
        ]
        indexes = [
            models.Index(fields=["occurred_at"], name="messages_by_time"),
            models.Index(fields=["sender", "occurred_at"], name="messages_of_a_sender"),
            GinIndex(WORDS, name="messages_by_all_words"),
            models.Index(
                fields=["id"], condition=Q(person=None, direction="IN"), name="messages_of_nobody"
            ),
            models.Index(
                fields=["id"],
                condition=Q(person=None, direction="IN", done_at=None),
                name="open_messages_of_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"text {self.event_key}"


class Call(models.Model):
    """A call, put together from all that the source tells of it."""

    provider = models.CharField(max_length=20)
    event_key = models.CharField(max_length=200)
    delivery = models.ForeignKey(WebhookDelivery, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="calls")
    outgoing = models.BooleanField(default=False, db_default=False)
    caller = models.CharField(max_length=80, blank=True)
    callee = models.CharField(max_length=80, blank=True)
    missed = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(null=True, help_text="How long they talked.")
    voicemail_url = models.CharField(max_length=500, blank=True)
    voicemail_text = models.TextField(blank=True, db_default="")
    summary = models.TextField(blank=True, db_default="")
    transcript = models.TextField(blank=True, db_default="")
    occurred_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    told_lead = models.ForeignKey("crm_intake.Lead", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["provider", "event_key"], name="a_call_is_kept_once"),
            CheckConstraint(
                condition=Q(outgoing=False) | Q(missed=False), name="only_others_calls_are_missed"
            ),
        ]
        indexes = [
            models.Index(fields=["occurred_at"], name="calls_by_time"),
            models.Index(fields=["caller", "occurred_at"], name="calls_of_a_caller"),
            GinIndex(WORDS_OF_A_CALL, name="calls_by_words"),
        ]

    def __str__(self) -> str:
        return f"call {self.event_key}"
