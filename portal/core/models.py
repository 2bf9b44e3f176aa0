"""The tables of the ground floor."""

from django.db import models
from django.db.models import UniqueConstraint


class Change(models.Model):
    """One topic changed by one transaction; written and read by `portal.core.changes` alone."""

    topic = models.CharField(max_length=40)
    xid = models.BigIntegerField(db_index=True, help_text="PostgreSQL's id of the transaction")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["topic", "xid"], name="one_change_a_topic_and_transaction")
        ]

    def __str__(self) -> str:
        return f"{self.topic} at {self.xid}"


class Pace(models.Model):
    """When an outside service may be called next; written and read by `portal.core.pace` alone."""

    name = models.CharField(max_length=20, unique=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"pace of {self.name}"
