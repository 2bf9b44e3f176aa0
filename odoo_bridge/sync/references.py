"""References between mirrors, whichever of the two is read first.

A record and what it points at may be stored at the same moment, by two readers: then neither sees
the other's, and the reference would stay empty for good. So whoever stores new records of a mirror
keeps those waiting who store references to it, and is kept waiting by them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from odoo_bridge.models import Mirror
from odoo_bridge.sync.columns import Column, MirrorSpec
from odoo_bridge.sync.specs import SPECS

ALONE, WITH_OTHERS = "pg_advisory_xact_lock", "pg_advisory_xact_lock_shared"


def wait_for_the_others(spec: MirrorSpec, odoo_ids: Sequence[int]) -> None:
    """Let nobody store what these records refer to, or refer to new ones, until the commit.

    The mirrors are taken in the order of ``SPECS``, so that no two readers wait for each other.
    """
    here = spec.model.objects.filter(odoo_id__in=odoo_ids).count()
    has_new = here < len(set(odoo_ids))
    targets = {spec.target_of(reference) for reference in spec.references}
    locks = [
        (ALONE if one is spec and has_new else WITH_OTHERS, one.name)
        for one in SPECS
        if one is spec or one.model in targets
    ]
    calls = ", ".join(f"{lock}(hashtext(%s))" for lock, _ in locks)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [f"mirror {name}" for _, name in locks])


def point_at_targets(spec: MirrorSpec, reference: Column, records: Iterable[Mirror]) -> None:
    """Fill the key of a reference where its target is here already."""
    records = list(records)
    target: Any = spec.target_of(reference)
    wanted = {getattr(record, reference.stored) for record in records} - {None}
    found = dict(target.objects.filter(odoo_id__in=wanted).values_list("odoo_id", "pk"))
    for record in records:
        setattr(record, f"{reference.ours}_id", found.get(getattr(record, reference.stored)))


def link_waiting(target: type[Model], odoo_ids: Sequence[int]) -> None:
    """Fill the keys of all references that waited for these new records."""
    if not odoo_ids:
        return
    new: Any = target
    for spec in SPECS:
        for reference in spec.references:
            if spec.target_of(reference) is not target:
                continue
            waiting = spec.model.objects.filter(
                **{f"{reference.ours}__isnull": True, f"{reference.stored}__in": odoo_ids}
            )
            wanted = set(waiting.values_list(reference.stored, flat=True))
            for odoo_id, key in new.objects.filter(odoo_id__in=wanted).values_list("odoo_id", "pk"):
                waiting.filter(**{reference.stored: odoo_id}).update(
                    **{f"{reference.ours}_id": key}
                )
