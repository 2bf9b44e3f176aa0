"""What the business has chosen about calls and texts."""

from django.db import models
from django.db.models import CheckConstraint, Q


class IntakeRules(models.Model):
    """The one row of choices.

    What is said goes to a person's open lead unless it is older than ``new_lead_after_days``; an
    empty ``missed_call_text`` is none. ``stops_by_kind_since`` is from when a stop that answers
    news ends the news alone (``gate.stops``); empty: every stop ends all. ``segment_price`` is what
    one segment of a text costs, in the business's currency; empty: nobody has said.
    """

    class Taken(models.TextChoices):
        """Which calls that somebody took become leads."""

        NONE = "NONE", "None"
        STRANGERS = "STRANGERS", "Those of numbers that Odoo does not know"
        ALL = "ALL", "All"

    new_lead_after_days = models.PositiveSmallIntegerField(default=30)
    leads_of_taken_calls = models.CharField(
        max_length=9, choices=Taken.choices, default=Taken.STRANGERS, db_default="STRANGERS"
    )
    stops_by_kind_since = models.DateField(null=True)
    missed_call_text = models.CharField(max_length=300, blank=True)
    segment_price = models.DecimalField(max_digits=8, decimal_places=4, null=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(pk=1), name="intake_has_one_row_of_rules"),
            CheckConstraint(condition=Q(segment_price__gte=0), name="no_text_brings_money"),
        ]

    def __str__(self) -> str:
        return "rules of the intake"
