"""What is loaded on trucks, what of it may not lie together, and how much a truck takes of it."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from odoo_bridge.models import Product
from scheduling.models.fleet import Truck, above_nothing, measure


class LoadGroup(models.Model):
    """Materials that are alike where it matters what they lie beside: food, fuel, soil."""

    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class GroupClash(models.Model):
    """Two groups that may not share a bed; the one with the smaller key is the first."""

    first = models.ForeignKey(LoadGroup, models.PROTECT, related_name="+")
    second = models.ForeignKey(LoadGroup, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["first", "second"], name="two_groups_clash_once"),
            CheckConstraint(condition=Q(first__lt=F("second")), name="a_clash_is_of_two_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"


class Material(models.Model):
    """What products are when they lie on a truck: kg/m³, 0 for unknown.

    ``heaping``: how many times the level volume of a bed may be filled with it, 1 for no heap.
    """

    name = models.CharField(max_length=60, unique=True)
    density = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    heaping = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    group = models.ForeignKey(LoadGroup, models.PROTECT, null=True, related_name="materials")

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(density__gte=0, heaping__gte=1), name="a_material_weighs_and_heaps_up"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProductMaterial(models.Model):
    """Which material a product is; a product without one is loaded by its own figures alone."""

    product = models.OneToOneField(Product, models.PROTECT, related_name="loaded_as")
    material = models.ForeignKey(Material, models.PROTECT, related_name="products")

    def __str__(self) -> str:
        return f"{self.product}: {self.material}"


class TruckLimit(models.Model):
    """How much a truck takes of a material, instead of what it takes of any: kg and m³."""

    truck = models.ForeignKey(Truck, models.PROTECT, related_name="limits")
    material = models.ForeignKey(Material, models.PROTECT, related_name="limits")
    most_weight = measure("In kg; null: as of anything.")
    most_volume = measure("In m³, heap included; null: as of anything.")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["truck", "material"], name="one_limit_a_material_of_a_truck"),
            CheckConstraint(
                condition=above_nothing("most_weight", "most_volume")
                & (Q(most_weight__isnull=False) | Q(most_volume__isnull=False)),
                name="a_limit_of_a_truck_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material} on {self.truck}"


class Compartment(models.Model):
    """A part of a truck's bed that a wall divides off."""

    truck = models.ForeignKey(Truck, models.PROTECT, related_name="compartments")
    name = models.CharField(max_length=40)
    most_weight = measure("In kg; null: only the truck's own limit holds.")
    most_volume = measure("Level, in m³; null: only the truck's own limit holds.")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["truck", "name"], name="one_compartment_a_name_of_a_truck"),
            CheckConstraint(
                condition=above_nothing("most_weight", "most_volume"),
                name="a_compartment_takes_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name
