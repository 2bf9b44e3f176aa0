"""Materials, groups and products, as an administrator keeps them."""

from dataclasses import dataclass

from django.db.models import F, Q

from odoo_bridge.models import Product
from scheduling.models import GroupClash, LoadGroup, Material

MOST = 50
NOT_LOADED = "service"


@dataclass(frozen=True)
class MaterialLists:
    """All that is kept of materials."""

    materials: list[Material]
    groups: list[LoadGroup]
    clashes: list[GroupClash]


@dataclass(frozen=True)
class Products:
    """Products with the material that each is; ``there_are_more`` than these."""

    rows: list[Product]
    there_are_more: bool


def material_lists() -> MaterialLists:
    """Return the lists; three queries."""
    clashes = GroupClash.objects.select_related("first", "second")
    return MaterialLists(
        materials=list(Material.objects.select_related("group").order_by("name")),
        groups=list(LoadGroup.objects.order_by("name")),
        clashes=list(clashes.order_by("first__name", "second__name")),
    )


def products_to_name(words: str = "") -> Products:
    """Return at most ``MOST`` products, those without a material first: what can be loaded.

    All of the words stand in a product's name or code. One query.
    """
    loaded = Q(deleted_at=None, active=True) & ~Q(kind=NOT_LOADED)
    found = Product.objects.filter(loaded | Q(loaded_as__isnull=False))
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word))
    rows = list(
        found.select_related("loaded_as__material").order_by(
            F("loaded_as__material__name").asc(nulls_first=True), "name", "pk"
        )[: MOST + 1]
    )
    return Products(rows=rows[:MOST], there_are_more=len(rows) > MOST)
