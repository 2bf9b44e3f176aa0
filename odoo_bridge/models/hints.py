"""What Odoo's webhooks say: hints that are worth one look, and how well they are heard."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class DirtyRecord(models.Model):
    """A record of Odoo that is to be read again.

    ``hits`` tells whether somebody knocked again while it was being read. ``absences`` counts the
    looks that did not find it: one look alone is not believed.
    """

    odoo_model = models.CharField(max_length=64)
    odoo_id = models.PositiveBigIntegerField()
    hits = models.PositiveIntegerField(default=1)
    absences = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    not_before = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["odoo_model", "odoo_id"], name="a_record_is_dirty_once")
        ]

    def __str__(self) -> str:
        return f"{self.odoo_model} {self.odoo_id}"


class HintHearing(models.Model):
    """How well a model's webhooks are heard.

    ``missed`` counts the changes that a poll found and that no webhook had told of in time.
    """

    odoo_model = models.CharField(max_length=64, unique=True)
    heard = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    missed = models.PositiveBigIntegerField(default=0)
    missed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.odoo_model


class RefusedHints(models.Model):
    """The posts to the webhook's address that did not know its secret."""

    refused = models.PositiveBigIntegerField(default=0)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [CheckConstraint(condition=Q(pk=1), name="there_is_one_door_for_hints")]

    def __str__(self) -> str:
        return str(self.refused)
