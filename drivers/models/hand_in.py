"""Money that a driver handed in at the office."""

import uuid
from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q

from drivers.models.deposit import Deposit
from drivers.models.variance import Variance


class HandIn(models.Model):
    """A driver's money as a second person counted it, in one currency.

    ``expected_cash`` is the cash of the collections that it covers. Of checks, ``check_count`` and
    ``check_sum`` are those that were there; each is a collection that it covers. ``reason`` says
    why other cash was there, or a check was not.

    It never changes. As long as it is not deposited it can be taken back: then its collections are
    the driver's again, and it counts for nothing.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    driver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="hand_ins")
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    currency_odoo_id = models.BigIntegerField()
    expected_cash = models.DecimalField(max_digits=12, decimal_places=2)
    counted_cash = models.DecimalField(max_digits=12, decimal_places=2)
    check_count = models.PositiveIntegerField()
    check_sum = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    deposit = models.ForeignKey(Deposit, models.PROTECT, null=True, related_name="hand_ins")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            CheckConstraint(
                condition=~Q(counted_by=F("driver")), name="money_is_counted_by_a_second_person"
            ),
            CheckConstraint(
                condition=Q(expected_cash__gte=0, counted_cash__gte=0, check_sum__gte=0),
                name="what_is_counted_is_not_less_than_none",
            ),
            CheckConstraint(
                condition=Q(counted_cash=F("expected_cash")) | ~Q(reason=""),
                name="other_cash_has_a_reason",
            ),
            CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, deposit=None),
                name="what_is_taken_back_is_not_deposited",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="stays_as_it_was_counted",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["deposit", "taken_back_at", "taken_back_by"]
                ),
            ),
            pgtrigger.Protect(
                name="ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__deposit__isnull=False)
                | pgtrigger.Q(old__taken_back_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"hand-in {self.uuid}"

    @property
    def expected(self) -> Decimal:
        """The money that it covers."""
        return self.expected_cash + self.check_sum

    @property
    def counted(self) -> Decimal:
        """The money that was there."""
        return self.counted_cash + self.check_sum

    @property
    def variance(self) -> Variance:
        """How much more or less there was than the driver had taken."""
        return Variance(self.counted - self.expected)
