"""What people allowed and took back. The ledger only grows; today's state is its sum.

An event names its number by a keyed digest, and its evidence by a hash. So a person's data can be
erased: the evidence goes, the event stays, its chain can still be proven, and a stop still counts.
"""

import secrets

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models.delivery import WebhookDelivery
from crm_intake.models.talk import Call, Message
from portal.core.encryption import EncryptedTextField


class StopMark(models.Model):
    """A number that said stop, noted in the statement that stored the delivery.

    It counts from that moment; the ledger's event follows.
    """

    number = models.CharField(max_length=80, db_index=True, help_text="E.164, or as given.")
    delivery = models.OneToOneField(WebhookDelivery, models.PROTECT, related_name="stop_mark")
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"stop of …{self.number[-2:]}"


class LedgerKey(models.Model):
    """The key of the digests, made once. There are few enough numbers to try them all without."""

    key = EncryptedTextField(default=secrets.token_hex)

    class Meta:
        constraints = [CheckConstraint(condition=Q(pk=1), name="one_ledger_has_one_key")]

    def __str__(self) -> str:
        return "the ledger's key"


class LedgerEvent(models.Model):
    """One thing that happened to a number's consent.

    ``subject`` is the digest of the number, ``place`` counts its events from 1. An empty
    ``purpose`` is all texts. ``occurred_at`` is as told, ``counts_from`` when it came to us.
    """

    subject = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    purpose = models.CharField(
        max_length=10, blank=True, choices=[(one.value, one.value) for one in Purpose]
    )
    category = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=20, help_text="inbound_sms, web_form, staff, import …")
    action = models.CharField(max_length=20, help_text="reply, checkbox, spoken, signature …")
    delivery = models.ForeignKey(WebhookDelivery, models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    occurred_at = models.DateTimeField()
    counts_from = models.DateTimeField()
    recorded_at = models.DateTimeField()
    evidence_sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["subject", "place"], name="a_place_in_a_chain_is_taken_once"),
            UniqueConstraint(
                fields=["delivery", "kind", "purpose"], name="a_post_says_a_thing_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["recorded_at"],
                condition=Q(kind="REQUESTED", source="web_form"),
                name="sign_ups_by_time",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="ledger_grows", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject[:8]}/{self.place}"


class LedgerEvidence(models.Model):
    """What an event rests on. It is never changed, and goes when its person is erased.

    ``salt`` keeps the hash in the event from telling anything once this is gone.
    """

    event = models.OneToOneField(LedgerEvent, models.PROTECT, related_name="evidence")
    salt = models.CharField(max_length=64)
    number = models.CharField(max_length=80, db_index=True, help_text="E.164, or as given.")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")
    wording = models.TextField(blank=True, help_text="What was said, to the letter.")
    shown = models.TextField(blank=True, help_text="What the person was shown, to the letter.")
    shown_version = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)
    zone = models.CharField(max_length=40, blank=True, help_text="Of the person's clock, if told.")
    url = models.CharField(max_length=500, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    user_agent = models.CharField(max_length=400, blank=True)

    class Meta:
        triggers = [pgtrigger.Protect(name="evidence_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"evidence of {self.event_id}"
