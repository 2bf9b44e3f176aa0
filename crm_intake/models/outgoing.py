"""Texts to people, and why they were or were not sent."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from crm_intake.ledger.kinds import Purpose
from crm_intake.models.person import Person
from crm_intake.models.searched import WORDS
from portal.core.encryption import EncryptedTextField


class OutgoingText(models.Model):
    """A text that somebody, or something here, wanted sent.

    ``rule`` names what holds or refuses it, ``failure`` is the provider's own code for why it was
    not sent or did not arrive. ``handed_over_at`` is when the last try began, ``segment_price``
    what a segment cost then, in ``currency`` (ISO 4217); empty when nobody had said.
    ``to_missed_call`` is one that went by itself to somebody whose call nobody took, whatever its
    words; ``asks`` is one that a yes answers, and nobody need read that. ``secret`` is what the
    reader gets where ``text`` shows less, as long as it may go out.
    """

    class State(models.TextChoices):
        """What became of it."""

        QUEUED = "QUEUED", "Waiting"
        HELD = "HELD", "Held"
        SENDING = "SENDING", "Being sent"
        UNKNOWN = "UNKNOWN", "Answer lost"
        SENT = "SENT", "Sent"
        DELIVERED = "DELIVERED", "Delivered"
        FAILED = "FAILED", "Failed"
        REFUSED = "REFUSED", "Refused"
        DROPPED = "DROPPED", "Dropped"

    WAITING = (State.QUEUED, State.HELD)
    DOUBTFUL = (State.SENDING, State.UNKNOWN)
    ARRIVED = (State.SENT, State.DELIVERED)
    COSTS = (*ARRIVED, State.FAILED)  # the last if a provider had taken it
    NOT_SETTLED = (*WAITING, *DOUBTFUL)
    ON_ITS_WAY = (*WAITING, State.SENDING, State.UNKNOWN, State.SENT, State.DELIVERED)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=16)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="texts")
    text = models.TextField()
    secret = EncryptedTextField(blank=True, default="", db_default="")
    segments = models.PositiveSmallIntegerField(default=1, db_default=1)
    segment_price = models.DecimalField(max_digits=8, decimal_places=4, null=True, db_default=None)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    purpose = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Purpose])
    category = models.CharField(max_length=40, blank=True, default="", db_default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    rule = models.CharField(max_length=40, blank=True, help_text="What holds or refuses it.")
    provider = models.CharField(max_length=20, blank=True, default="", db_default="")
    provider_id = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=40, blank=True, default="", db_default="")
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    to_missed_call = models.BooleanField(default=False, db_default=False)
    asks = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True)
    not_after = models.DateTimeField(null=True, help_text="It says nothing any more after this.")
    handed_over_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True, help_text="When the provider was last asked of it.")
    looks = models.PositiveSmallIntegerField(default=0, db_default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(~Q(rule=""), state__in=["REFUSED", "HELD"])
                | Q(~Q(state__in=["REFUSED", "HELD"]), rule=""),
                name="a_rule_says_why_a_text_is_held_or_refused",
            ),
            CheckConstraint(
                condition=~Q(state="HELD") | Q(not_before__isnull=False),
                name="a_held_text_has_its_time",
            ),
            CheckConstraint(
                condition=Q(secret="") | Q(state__in=["QUEUED", "HELD", "SENDING", "UNKNOWN"]),
                name="a_settled_text_keeps_no_secret",
            ),
            UniqueConstraint(
                fields=["provider", "provider_id"],
                condition=~Q(provider_id=""),
                name="a_text_of_a_provider_is_one_of_ours",
            ),
            CheckConstraint(
                condition=Q(segment_price=None, currency="")
                | Q(~Q(currency=""), segment_price__gte=0),
                name="a_price_is_of_a_currency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                condition=Q(state__in=["QUEUED", "HELD"]),
                name="texts_that_wait",
            ),
            models.Index(
                fields=["handed_over_at"],
                condition=Q(state__in=["SENDING", "UNKNOWN"]),
                name="texts_under_way",
            ),
            models.Index(fields=["number", "created_at"], name="texts_of_a_number"),
            models.Index(
                fields=["handed_over_at"],
                condition=Q(state__in=["SENT", "DELIVERED", "FAILED"]),
                name="texts_that_cost",
            ),
            GinIndex(WORDS, name="our_texts_by_words"),
        ]

    def __str__(self) -> str:
        return f"text {self.uuid}"

    @property
    def words(self) -> str:
        """What the reader gets."""
        return self.secret or self.text

    @property
    def whole_price(self) -> Decimal | None:
        """What it cost, if it went out and its price was known."""
        if self.segment_price is None or self.state not in self.COSTS:
            return None
        if self.state == self.State.FAILED and not self.provider_id:
            return None
        return self.segments * self.segment_price
