"""Money that a driver was given."""

from django.db import models
from django.db.models import CheckConstraint, Q

from drivers.models.stop_action import StopAction
from odoo_bridge.models import Payment
from scheduling.models import Stop


class Collection(models.Model):
    """Cash taken at a stop; ``payment`` is what becomes of it in Odoo."""

    action = models.OneToOneField(StopAction, models.PROTECT, related_name="collection")
    stop = models.ForeignKey(Stop, models.PROTECT, related_name="collections")
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="collection")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    collected_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(amount__gt=0), name="something_is_collected"),
        ]

    def __str__(self) -> str:
        return f"collection {self.pk}"
