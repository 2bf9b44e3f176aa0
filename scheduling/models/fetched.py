"""What vendors do not send."""

from django.conf import settings
from django.db import models

from odoo_bridge.models import PurchaseOrder


class FetchedPurchase(models.Model):
    """Our truck fetches what was bought."""

    purchase = models.OneToOneField(PurchaseOrder, models.PROTECT, related_name="fetched")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.purchase)
