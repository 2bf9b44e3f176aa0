"""A piece of work that can be put on somebody's day."""

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q

from odoo_bridge.models import Picking, SaleOrder


class Job(models.Model):
    """One delivery: one outgoing transfer of a confirmed order."""

    class State(models.TextChoices):
        """Where the job stands."""

        TO_SCHEDULE = "TO_SCHEDULE", "To schedule"
        DONE = "DONE", "Done"
        CANCELLED = "CANCELLED", "Cancelled"

    OPEN_STATES = (State.TO_SCHEDULE,)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TO_SCHEDULE)
    picking = models.OneToOneField(Picking, models.PROTECT, related_name="job")
    order = models.ForeignKey(SaleOrder, models.PROTECT, related_name="jobs")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(state__in=["TO_SCHEDULE", "DONE", "CANCELLED"]),
                name="job_state_is_one_of_ours",
            )
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="jobs_by_state")]

    def __str__(self) -> str:
        return f"job {self.pk}"
