"""Money that a driver was given."""

from django.db import models
from django.db.models import CheckConstraint, Q

from crm_intake.models import OutgoingText
from drivers.models.hand_in import HandIn
from drivers.models.stop_action import StopAction
from odoo_bridge.models import Payment
from scheduling.models import Stop


class Collection(models.Model):
    """Money taken at a stop; ``payment`` is what becomes of it in Odoo.

    ``due`` is what was to be collected then, and ``reason`` why it was another amount. The currency
    is the payment's. Without a ``hand_in`` the driver still has it. ``receipt`` is the text that
    the customer was sent of it.
    """

    class Method(models.TextChoices):
        """In what the money came."""

        CASH = "CASH", "Cash"
        CHECK = "CHECK", "Check"

    action = models.OneToOneField(StopAction, models.PROTECT, related_name="collection")
    stop = models.ForeignKey(Stop, models.PROTECT, related_name="collections")
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="collection")
    method = models.CharField(
        max_length=5, choices=Method.choices, default=Method.CASH, db_default=Method.CASH.value
    )
    check_number = models.CharField(max_length=20, blank=True, default="", db_default="")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    due = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    collected_at = models.DateTimeField(db_index=True)
    hand_in = models.ForeignKey(HandIn, models.PROTECT, null=True, related_name="collections")
    receipt = models.ForeignKey(OutgoingText, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(amount__gt=0), name="something_is_collected"),
            CheckConstraint(
                condition=Q(method="CASH", check_number="")
                | Q(~Q(check_number=""), method="CHECK"),
                name="a_check_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"collection {self.pk}"
