"""Change what materials there are, what of them clashes, and which product is which."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from odoo_bridge.models import Product
from portal.accounts.models import User
from portal.audit.services.record import record, record_changes
from portal.core.changes import touch
from scheduling.errors import ListedAlready
from scheduling.models import GroupClash, LoadGroup, Material, ProductMaterial
from scheduling.services.keep_list import add_row, remove_row

LISTS: dict[str, models.QuerySet[Any]] = {
    "material": Material.objects.all(),
    "group": LoadGroup.objects.all(),
    "clash": GroupClash.objects.all(),
}


@transaction.atomic
def add_to_materials(*, kind: str, values: Mapping[str, Any], by: User) -> None:
    """Put something on one of the ``LISTS``.

    :raises ListedAlready: it stands there.
    """
    add_row(rows=LISTS[kind], values=values, what=f"load {kind} added", by=by)
    touch("board")


@transaction.atomic
def remove_from_materials(*, kind: str, key: int, by: User) -> None:
    """Take something off one of the ``LISTS``; what is gone is no error.

    :raises StillUsed: a product, a truck's limit, a material or a clash refers to it.
    """
    remove_row(rows=LISTS[kind], key=key, what=f"load {kind} removed", by=by)
    touch("board")


@transaction.atomic
def change_material(*, material_id: int, changes: Mapping[str, Any], by: User) -> None:
    """Keep what is said of a material.

    :raises ListedAlready: another one has this name.
    """
    material = Material.objects.select_for_update().get(pk=material_id)
    try:
        with transaction.atomic():
            _keep(material, changes, by)
    except IntegrityError as exc:
        raise ListedAlready(_("Another material has this name: choose another.")) from exc
    touch("board")


def _keep(material: Material, changes: Mapping[str, Any], by: User) -> None:
    values = {**changes, "group_id": changes["group"] and changes["group"].pk}
    del values["group"]
    if record_changes(by=by, what="load material changed", target=material, changes=values):
        material.save()


@transaction.atomic
def name_materials(*, product_ids: Iterable[int], material_id: int | None, by: User) -> int:
    """Say that these products are this material, or none; return how many were not before."""
    products = list(Product.objects.filter(pk__in=product_ids).order_by("pk"))
    known = ProductMaterial.objects.select_for_update().filter(product__in=products)
    before = dict(known.values_list("product_id", "material_id"))
    changed = 0
    for product in products:
        old = before.get(product.pk)
        if old == material_id:
            continue
        if material_id is None:
            ProductMaterial.objects.filter(product=product).delete()
        else:
            ProductMaterial.objects.update_or_create(
                product=product, defaults={"material_id": material_id}
            )
        record(
            by=by,
            what="material of a product changed",
            target=product,
            old={"material": old},
            new={"material": material_id},
        )
        changed += 1
    touch("board")
    return changed
