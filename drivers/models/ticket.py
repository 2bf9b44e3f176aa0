"""What the customer is given on paper: which goods were handed over, when, and by whom."""

import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import CheckConstraint, F, Q

from drivers.models.stop_action import StopAction
from scheduling.models import Job

LACKS = {
    "SELLER": "our name and address",
    "BUYER": "the buyer's name and address",
    "PRICE": "the price",
    "ORIGIN": "where the wood was harvested",
    "UNIT": "a unit in which it may be sold",
}


class TicketCount(models.Model):
    """The one row with the last serial number; locked while a ticket is written, so none is left
    out."""

    last = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [CheckConstraint(condition=Q(pk=1), name="tickets_are_counted_once")]

    def __str__(self) -> str:
        return f"{self.last} tickets"


class DeliveryTicket(models.Model):
    """One for each delivery that was handed over, with all that it says in ``said``.

    ``said`` is what ``selectors.ticket_words`` makes of the delivery. The signature and the money
    come later: they are found by the ``job``. Nobody deletes a ticket, before ``kept_until`` or
    after.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveBigIntegerField(unique=True)
    job = models.OneToOneField(Job, models.PROTECT, related_name="ticket")
    action = models.OneToOneField(StopAction, models.PROTECT, related_name="ticket")
    said: "models.JSONField[Any, Any]" = models.JSONField()
    delivered_on = models.DateField(db_index=True, help_text="A day of the business.")
    kept_until = models.DateField(help_text="As long the law has it kept at least.")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(number__gt=0), name="tickets_are_counted_from_one"),
            CheckConstraint(
                condition=Q(kept_until__gt=F("delivered_on")),
                name="a_ticket_is_kept_for_some_time",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"ticket {self.number}"

    @property
    def lacks(self) -> list[str]:
        """What the rules want and the ticket does not say, for people."""
        return [LACKS[name] for name in self.said["missing"]]
