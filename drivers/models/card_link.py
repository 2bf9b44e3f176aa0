"""A customer who wants to pay by card."""

from django.db import models

from crm_intake.models import OutgoingText
from drivers.models.stop_action import LONGEST_WORDS, StopAction
from odoo_bridge.models import PaymentLink
from scheduling.models import Stop


class CardLink(models.Model):
    """The link that was asked for at a stop; ``text`` is empty until it could be texted.

    ``why`` is why nobody was texted, where no text could be made at all. Of one that never reached
    the customer, ``settled`` says how the office dealt with it.
    """

    action = models.OneToOneField(StopAction, models.PROTECT, related_name="card_link")
    stop = models.ForeignKey(Stop, models.SET_NULL, null=True, related_name="card_links")
    link = models.OneToOneField(PaymentLink, models.PROTECT, related_name="+")
    text = models.ForeignKey(OutgoingText, models.SET_NULL, null=True, related_name="+")
    texted_at = models.DateTimeField(null=True, db_index=True)
    why = models.CharField(max_length=LONGEST_WORDS, blank=True, default="", db_default="")
    settled = models.CharField(max_length=LONGEST_WORDS, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return f"card link {self.pk}"
