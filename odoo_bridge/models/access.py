"""How the portal gets into Odoo, as provisioning left it."""

from django.db import models
from django.db.models import CheckConstraint, Q

from portal.core.encryption import EncryptedTextField


class OdooAccess(models.Model):
    """The one row about our Odoo.

    ``instance`` is minted at the first provisioning and kept here and in Odoo: a restored copy of
    either side is recognised by it and cannot write.
    """

    instance = models.CharField(max_length=16)
    bot_user_id = models.PositiveIntegerField()
    api_key = EncryptedTextField()
    key_expires_at = models.DateTimeField()
    cash_journal_id = models.PositiveIntegerField()
    has_fleet_batches = models.BooleanField(
        help_text="A batch has a vehicle and a driver (Odoo's module stock_fleet)."
    )
    provisioned_at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(pk=1), name="there_is_one_odoo"),
            CheckConstraint(
                condition=Q(instance__regex="^[a-z0-9]+$"), name="instance_fits_an_external_id"
            ),
        ]

    def __str__(self) -> str:
        return f"instance {self.instance}"
