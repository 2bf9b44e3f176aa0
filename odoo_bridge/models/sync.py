"""Where the reading of Odoo stands, and whether Odoo answers at all."""

from django.db import models
from django.db.models import CheckConstraint, Q


class PollCursor(models.Model):
    """How far one mirror has been read.

    ``high_water`` is the greatest time of writing that a finished scan has covered, in Odoo's time;
    ``moved_at`` is when we first saw it, in ours. A scan under way keeps its window and the last id
    it has stored, so that a killed one goes on from there. The lease says who reads; a reader whose
    lease ran out stores nothing (``fence``).
    """

    mirror = models.CharField(max_length=40, unique=True)
    high_water = models.DateTimeField(null=True)
    scan_from = models.DateTimeField(null=True)
    scan_until = models.DateTimeField(null=True)
    scan_last_id = models.PositiveBigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    wide_scan_at = models.DateTimeField(null=True)
    whole_scan_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    fence = models.PositiveBigIntegerField(default=0)
    trouble = models.CharField(max_length=2000, blank=True)
    references_waiting = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Whose target has not arrived, at the last count."
    )

    def __str__(self) -> str:
        return self.mirror


class Breaker(models.Model):
    """The one breaker before Odoo; ``opened_at`` is set while Odoo does not answer.

    ``held_at`` is set while nothing is written because Odoo has gone back in time: it was restored
    from a backup, and knows nothing of what was written after ``forgotten_since``. After an outage
    that is looked for before anything is written: until then it ``was_away``.
    """

    failures = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=2000, blank=True)
    probe_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    was_away = models.BooleanField(default=False, db_default=False)
    held_at = models.DateTimeField(null=True)
    forgotten_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(pk=1), name="there_is_one_breaker"),
            CheckConstraint(
                condition=Q(opened_at__isnull=True, probe_at__isnull=True)
                | Q(opened_at__isnull=False, probe_at__isnull=False),
                name="an_open_breaker_has_a_next_probe",
            ),
        ]

    def __str__(self) -> str:
        return "open" if self.opened_at else "closed"
