"""What somebody was told that a delivery costs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from odoo_bridge.models import OutboxEntry, SaleOrder
from odoo_bridge.models.mirror import amount_field
from scheduling.models.place import Place


class Quote(models.Model):
    """A price as it was said, with each of its lines: later rates do not change it.

    ``lines`` are ``{"label", "how", "amount"}``, ``goods`` ``{"product", "name", "quantity"}``;
    amounts and quantities are texts of decimals. ``order`` is the one that it was written to last,
    unless another price took its place there, and ``entry`` the promise to Odoo.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="quotes")
    metres = models.PositiveIntegerField(help_text="One way.")
    source = models.CharField(max_length=10, help_text="Who says how far it is.")
    truck = models.CharField(max_length=60, blank=True)
    goods = models.JSONField(default=list)
    lines = models.JSONField()
    total = amount_field()
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    order = models.OneToOneField(SaleOrder, models.PROTECT, null=True, related_name="quote")
    entry = models.OneToOneField(OutboxEntry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(total__gte=0), name="a_quote_costs_something"),
            CheckConstraint(
                condition=Q(order__isnull=True, entry__isnull=True)
                | Q(order__isnull=False, entry__isnull=False),
                name="a_quote_on_an_order_was_promised",
            ),
        ]
        indexes = [models.Index(fields=["-made_at"], name="latest_quotes")]

    def __str__(self) -> str:
        return f"quote {self.uuid}"
