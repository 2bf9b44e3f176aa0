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


class KeptPart(models.Model):
    """A part of pages, made; written and read by `portal.core.kept_parts` alone.

    The table is unlogged: what a crash of PostgreSQL takes is made again.
    """

    key = models.CharField(primary_key=True, max_length=64, help_text="the name's SHA-256")
    name = models.JSONField(help_text="all that decides what it says, but for the database")
    position = models.TextField(help_text="since which changes make it old: a pg_snapshot")
    html = models.TextField()
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, help_text="when a page last had to make it itself")

    def __str__(self) -> str:
        return f"{self.name} made {self.made_at}"


class Pace(models.Model):
    """When an outside service may be called next; written and read by `portal.core.pace` alone."""

    name = models.CharField(max_length=20, unique=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"pace of {self.name}"
