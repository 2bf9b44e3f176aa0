"""How the portal gets into Odoo, as provisioning left it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from portal.core.encryption import EncryptedTextField

FLEET_BATCHES = "stock_fleet"
OPTIONAL = frozenset({"mrp", "purchase_stock", "sale_mrp"})


class OdooAccess(models.Model):
    """The one row about our Odoo.

    ``instance`` is minted at the first provisioning and kept here and in Odoo: a restored copy of
    either side is recognised by it and cannot write. Of the secret that Odoo's webhooks know, the
    receiver compares digests; the one before stays good for a while after it was changed.
    """

    instance = models.CharField(max_length=16)
    bot_user_id = models.PositiveIntegerField()
    api_key = EncryptedTextField()
    key_expires_at = models.DateTimeField()
    cash_journal_id = models.PositiveIntegerField()
    has_fleet_batches = models.BooleanField(
        help_text="A batch has a vehicle and a driver (Odoo's module stock_fleet)."
    )
    modules = ArrayField(
        models.CharField(max_length=64),
        null=True,
        help_text="Which of Odoo's modules that we can do without are there; empty before we know.",
    )
    protocol = models.CharField(
        max_length=16,
        default="json2",
        db_default="json2",
        help_text="How this Odoo speaks, as it said at provisioning.",
    )
    provisioned_at = models.DateTimeField()
    hint_secret = EncryptedTextField(
        blank=True, default="", db_default="", help_text="Ends the address of Odoo's webhooks."
    )
    hint_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    older_hint_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    older_hint_until = models.DateTimeField(null=True)
    hints_since = models.DateTimeField(null=True, help_text="When the webhooks were last set up.")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(pk=1), name="there_is_one_odoo"),
            CheckConstraint(
                condition=Q(instance__regex="^[a-z0-9]+$"), name="instance_fits_an_external_id"
            ),
        ]

    def __str__(self) -> str:
        return f"instance {self.instance}"

    @property
    def installed(self) -> frozenset[str]:
        """Which of the modules that we can do without are there: all, before we know."""
        known = OPTIONAL if self.modules is None else frozenset(self.modules)
        return known | {FLEET_BATCHES} if self.has_fleet_batches else known
