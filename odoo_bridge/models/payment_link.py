"""Links by which customers pay by card."""

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q

from odoo_bridge.models.mirror import amount_field
from odoo_bridge.models.sale_order import SaleOrder


class PaymentLink(models.Model):
    """A page of Odoo's on which ``amount`` of an order can be paid.

    ``url`` is empty until Odoo has made it, and for ever where it did not: ``why`` says so then.
    Whoever has the address may read the order: it is a secret.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(SaleOrder, models.CASCADE, related_name="payment_links")
    amount = amount_field()
    url = models.TextField(blank=True, default="", db_default="")
    why = models.TextField(blank=True, default="", db_default="")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(amount__gt=0), name="a_link_is_to_pay_something"),
            CheckConstraint(condition=Q(url="") | Q(why=""), name="a_link_is_made_or_refused"),
        ]

    def __str__(self) -> str:
        return f"link {self.uuid}"
