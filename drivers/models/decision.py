"""What the office has made of an act that did not count by itself."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from drivers.models.stop_action import LONGEST_WORDS, StopAction


class Decision(models.Model):
    """Somebody let the act count after all, or settled it otherwise and says how."""

    action = models.OneToOneField(StopAction, models.PROTECT, related_name="decision")
    counts = models.BooleanField()
    note = models.CharField(max_length=LONGEST_WORDS, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(counts=True) | ~Q(note=""), name="what_does_not_count_says_why_not"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"decision about {self.action_id}"
