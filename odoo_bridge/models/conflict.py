"""What was changed here and in Odoo, and differently: a person decides."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from odoo_bridge.models.outbox import OutboxEntry


class Conflict(models.Model):
    """A field, or a group of fields, of one entry: ``key`` is the name of either.

    ``base``, ``mine`` and ``theirs`` hold the same fields, by Odoo's names: as they were seen, as
    they shall be, and as Odoo has them. ``changed_by`` is who last wrote the record in Odoo.
    """

    class Choice(models.TextChoices):
        """Whose values stand."""

        MINE = "MINE", "Keep mine"
        THEIRS = "THEIRS", "Take Odoo's"

    entry = models.ForeignKey(OutboxEntry, models.PROTECT, related_name="conflicts")
    key = models.CharField(max_length=80)
    base = models.JSONField(encoder=DjangoJSONEncoder)
    mine = models.JSONField(encoder=DjangoJSONEncoder)
    theirs = models.JSONField(encoder=DjangoJSONEncoder)
    changed_by = models.CharField(max_length=255, blank=True)
    changed_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(auto_now_add=True)
    choice = models.CharField(max_length=6, choices=Choice.choices, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["entry", "key"],
                condition=Q(choice=""),
                name="one_open_conflict_about_one_thing",
            ),
            CheckConstraint(
                condition=Q(choice="", resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(~Q(choice=""), resolved_by__isnull=False, resolved_at__isnull=False),
                name="who_chooses_is_known_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.entry_id}"
