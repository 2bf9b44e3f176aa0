"""What a driver has to do, for whom and with what."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from odoo_bridge.models import Partner, Product

BY_DEFAULT = Q(customer=None, product=None)


class Requirement(models.Model):
    """How much one act is wanted: of everybody, of a customer, or with a product.

    Without a row, ``drivers.selectors.needs.DEFAULTS`` hold. Levels stand in the order of their
    strictness.
    """

    class Act(models.TextChoices):
        """What can be wanted. The first is about the truck, so nobody has it otherwise."""

        VEHICLE = "VEHICLE", "Truck check"
        LOADED = "LOADED", "Load check"
        ON_MY_WAY = "ON_MY_WAY", "On my way"
        ARRIVED = "ARRIVED", "Arrived"
        PHOTO = "PHOTO", "Photo"
        SIGNED = "SIGNED", "Signature"
        NOTED = "NOTED", "Note"
        COLLECTED = "COLLECTED", "Money"

    class Level(models.TextChoices):
        """The phone does not offer it, offers it, asks when it is not there, or insists."""

        OFF = "OFF", "off"
        OPTIONAL = "OPTIONAL", "as they like"
        WARN = "WARN", "ask when it is missing"
        REQUIRED = "REQUIRED", "required"

    act = models.CharField(max_length=10, choices=Act.choices)
    level = models.CharField(max_length=8, choices=Level.choices)
    customer = models.ForeignKey(Partner, models.CASCADE, null=True, related_name="+")
    product = models.ForeignKey(Product, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(
                    act__in=[
                        *("VEHICLE", "LOADED", "ON_MY_WAY", "ARRIVED", "PHOTO", "SIGNED", "NOTED"),
                        "COLLECTED",
                    ]
                ),
                name="what_is_wanted_is_an_act_of_ours",
            ),
            CheckConstraint(
                condition=Q(level__in=["OFF", "OPTIONAL", "WARN", "REQUIRED"]),
                name="a_requirement_has_a_level_of_ours",
            ),
            CheckConstraint(
                condition=Q(customer=None) | Q(product=None),
                name="a_requirement_is_for_a_customer_or_a_product",
            ),
            CheckConstraint(
                condition=~Q(act="VEHICLE") | BY_DEFAULT,
                name="a_truck_is_checked_for_everybody_alike",
            ),
            UniqueConstraint(
                fields=["act"], condition=BY_DEFAULT, name="one_requirement_of_everybody"
            ),
            UniqueConstraint(fields=["act", "customer"], name="one_requirement_of_a_customer"),
            UniqueConstraint(fields=["act", "product"], name="one_requirement_with_a_product"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.get_level_display()}"

    @property
    def whom(self) -> str:
        """Whose exception it is; needs the customer and the product to be loaded."""
        if self.customer:
            return self.customer.shown_name
        return self.product.name if self.product else ""
