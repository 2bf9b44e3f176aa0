"""Who sees to a new lead."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from odoo_bridge.models import OdooUser


class LeadRoute(models.Model):
    """Whose the leads are that come by one of our numbers, or from a territory.

    ``value``: the number called as E.164; or a territory as two letters of a state (``NH``), the
    beginning of a postcode (``033``), or of the caller's number (``+1603``).
    """

    class Kind(models.TextChoices):
        """What tells that a lead is theirs."""

        NUMBER = "NUMBER", "Number called"
        TERRITORY = "TERRITORY", "Territory"

    kind = models.CharField(max_length=9, choices=Kind.choices)
    value = models.CharField(max_length=16)
    owner = models.ForeignKey(OdooUser, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["kind", "value"], name="a_route_leads_to_one_owner"),
            CheckConstraint(condition=~Q(value=""), name="a_route_says_what_it_is_of"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"


class LeadTurn(models.Model):
    """Somebody who gets leads by turns; the next is the one whose last is longest ago."""

    owner = models.OneToOneField(OdooUser, models.PROTECT, related_name="+")
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"turn of {self.owner_id}"
