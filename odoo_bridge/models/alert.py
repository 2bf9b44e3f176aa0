"""What somebody is told of: a trouble from its start to its end, and each message."""

import datetime as dt

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from odoo_bridge.models.outbox import OutboxEntry

MINUTES, HOUR = dt.timedelta(minutes=10), dt.timedelta(hours=1)
AT_ONCE = dt.timedelta()


class Alert(models.Model):
    """One trouble, about one entry or about none; open until ``ended_at``.

    ``started_at`` is since when it is so, as far as that is known. It is told of when it has lasted
    for the patience of its kind (``told_from``); one that ends before is forgotten.
    """

    class Kind(models.TextChoices):
        """What is the matter."""

        PARKED = "PARKED", "Refused by Odoo"
        UNKNOWN = "UNKNOWN", "Answer lost"
        CONFLICT = "CONFLICT", "Changed here and in Odoo"
        BREAKER = "BREAKER", "Odoo unreachable"
        HELD = "HELD", "Odoo was restored from a backup"
        KEY_SOON = "KEY_SOON", "The key for Odoo ends soon"
        KEY_NOW = "KEY_NOW", "The key for Odoo ends now"
        SILENT = "SILENT", "Odoo's webhooks are silent"
        REFUSED = "REFUSED", "Odoo's webhooks are refused"
        SOURCES = "SOURCES", "Texts and calls are refused"
        UNHEARD = "UNHEARD", "Texts and calls have stopped coming"

    PATIENCE = {
        Kind.UNKNOWN: MINUTES,
        Kind.CONFLICT: HOUR,
        Kind.SILENT: MINUTES,
        Kind.REFUSED: MINUTES,
    }

    kind = models.CharField(max_length=8, choices=Kind.choices)
    entry = models.ForeignKey(OutboxEntry, models.PROTECT, null=True, related_name="alerts")
    started_at = models.DateTimeField()
    told_from = models.DateTimeField(null=True, help_text="When the messages were written.")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["kind", "entry"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="one_open_alert_about_one_thing",
            ),
            CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(told_from__isnull=False),
                name="what_nobody_was_told_of_does_not_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id or ''}".strip()

    @property
    def patience(self) -> dt.timedelta:
        """How long a trouble of this kind may last before somebody is told."""
        return self.PATIENCE.get(self.Kind(self.kind), AT_ONCE)


class Notice(models.Model):
    """One message to one address about an alert's start or end; several go in one mail.

    ``address`` is a mail address, and empty for the chat: its address is a secret of the set-up.
    """

    class Moment(models.TextChoices):
        """Which end of the alert."""

        START = "START", "Started"
        END = "END", "Over"

    class Way(models.TextChoices):
        """How it is told."""

        MAIL = "MAIL", "Mail"
        CHAT = "CHAT", "Chat"

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="notices")
    moment = models.CharField(max_length=5, choices=Moment.choices)
    way = models.CharField(max_length=4, choices=Way.choices)
    address = models.CharField(max_length=254, blank=True)
    written_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["alert", "moment", "way", "address"], name="one_notice_to_one_address"
            ),
            CheckConstraint(
                condition=Q(way="CHAT", address="") | Q(Q(way="MAIL"), ~Q(address="")),
                name="a_mail_has_an_address_and_the_chat_none",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(told_at__isnull=True), name="notices_to_be_told"
            )
        ]

    def __str__(self) -> str:
        return f"{self.moment} of {self.alert_id} to {self.address or 'the chat'}"
