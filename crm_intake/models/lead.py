"""Somebody who wants something."""

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q

from crm_intake.models.person import Person
from crm_intake.models.talk import Call, Message
from odoo_bridge.models import LeadRecord


class Lead(models.Model):
    """A lead: the text or the call that it came from, and its record for Odoo."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="leads")
    record = models.OneToOneField(LeadRecord, models.PROTECT, related_name="lead")
    message = models.OneToOneField(Message, models.PROTECT, null=True, related_name="lead")
    call = models.OneToOneField(Call, models.PROTECT, null=True, related_name="lead")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(message__isnull=True, call__isnull=False)
                | Q(message__isnull=False, call__isnull=True),
                name="a_lead_came_from_a_text_or_a_call",
            )
        ]

    def __str__(self) -> str:
        return f"lead {self.uuid}"
