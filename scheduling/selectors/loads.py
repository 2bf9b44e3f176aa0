"""What trucks take and what products are, as loads are judged by."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from odoo_bridge.models import Product
from scheduling.loading.load import Bed, Compartment, Goods, Limit, Material, complete
from scheduling.loading.problems import Gate, Size
from scheduling.models import Compartment as CompartmentRow
from scheduling.models import GroupClash, Place, ProductMaterial, Truck, TruckLimit


def beds_of(truck_ids: Iterable[int]) -> dict[int, Bed]:
    """Return what each of these trucks takes, by its key; three queries."""
    keys = list(truck_ids)
    limits: dict[int, dict[int, Limit]] = {key: {} for key in keys}
    parts: dict[int, list[Compartment]] = {key: [] for key in keys}
    for limit in TruckLimit.objects.filter(truck__in=keys):
        limits[limit.truck_id][limit.material_id] = Limit(limit.most_weight, limit.most_volume)
    for row in CompartmentRow.objects.filter(truck__in=keys).order_by("name"):
        part = Compartment(row.name, row.most_weight, row.most_volume)
        parts[row.truck_id].append(part)
    return {
        one.pk: Bed(one.most_weight, one.most_volume, limits[one.pk], tuple(parts[one.pk]))
        for one in Truck.objects.filter(pk__in=keys)
    }


def materials_of(product_ids: Iterable[int]) -> dict[int, Material]:
    """Return which material each of these products is, where somebody has said so; two queries."""
    clashes = clashing_groups()
    rows = ProductMaterial.objects.filter(product__in=list(product_ids)).select_related("material")
    return {
        row.product_id: Material(
            key=row.material_id,
            name=row.material.name,
            density=row.material.density,
            heaping=row.material.heaping,
            group=row.material.group_id,
            clashes=frozenset(clashes.get(row.material.group_id, ())),
        )
        for row in rows
    }


def clashing_groups() -> dict[int | None, set[int]]:
    """Return which groups each group may not share a bed with, both ways; one query."""
    clashes: dict[int | None, set[int]] = {}
    for one, other in GroupClash.objects.values_list("first_id", "second_id"):
        clashes.setdefault(one, set()).add(other)
        clashes.setdefault(other, set()).add(one)
    return clashes


def goods_of(
    ordered: Iterable[tuple[Product, Decimal]], materials: Mapping[int, Material]
) -> list[Goods]:
    """Return so many of each product as they are loaded, with what the density completes."""
    goods = []
    for product, quantity in ordered:
        material = materials.get(product.pk)
        density = material.density if material else Decimal(0)
        weight, volume = complete(product.weight * quantity, product.volume * quantity, density)
        goods.append(Goods(product.pk, material, weight, volume))
    return goods


def size_of(truck: Truck) -> Size:
    """Return how large a truck is when it is empty."""
    return Size(truck.width, truck.height, truck.empty_weight)


def gate_of(place: Place) -> Gate:
    """Return what a place lets in."""
    return Gate(place.most_width, place.most_height, place.most_weight)
