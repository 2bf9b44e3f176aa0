"""Money that was brought to the bank."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q

from drivers.models.variance import Variance


class Deposit(models.Model):
    """What the bank took of some hand-ins; ``expected`` is what was counted of them.

    Amounts are in one currency. What is said here never changes.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    reference = models.CharField(max_length=60, help_text="What the bank's slip says.")
    currency_odoo_id = models.BigIntegerField()
    expected = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(amount__gte=0, expected__gte=0), name="a_deposit_is_not_less_than_none"
            ),
            CheckConstraint(
                condition=Q(amount=F("expected")) | ~Q(reason=""),
                name="another_amount_at_the_bank_has_a_reason",
            ),
            CheckConstraint(condition=~Q(reference=""), name="a_deposit_has_a_reference"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"deposit {self.reference}"

    @property
    def variance(self) -> Variance:
        """How much more or less the bank took than was counted here."""
        return Variance(self.amount - self.expected)
