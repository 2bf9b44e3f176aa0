"""The one path by which anything read from Odoo comes into the mirrors."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from odoo_bridge.client import from_odoo_datetime
from odoo_bridge.models import Mirror
from odoo_bridge.signals import mirrors_changed
from odoo_bridge.sync.columns import Column, MirrorSpec
from odoo_bridge.sync.specs import SPECS
from portal.core.changes import touch

Row = dict[str, Any]
KEPT = ("remote", "remote_hash", "remote_write_date", "seen_at", "deleted_at")


@transaction.atomic
def upsert(spec: MirrorSpec, rows: Sequence[Row]) -> list[int]:
    """Store the rows as read (``id``, ``write_date`` and the spec's fields); return changed keys.

    What is equal, by content, to what we have is not written again: Odoo shows whole seconds, so
    equal times would not mean equal rows.
    """
    known: dict[int, tuple[str, Any]] = {
        odoo_id: (kept, deleted)
        for odoo_id, kept, deleted in spec.model.objects.filter(
            odoo_id__in=[row["id"] for row in rows]
        ).values_list("odoo_id", "remote_hash", "deleted_at")
    }
    changed = [row for row in rows if known.get(row["id"]) != (content_hash(spec, row), None)]
    if not changed:
        return []
    records = [record_of(spec, row) for row in changed]
    for reference in spec.references:
        point_at_targets(spec, reference, records)
    columns = [column.stored for column in spec.columns]
    keys = [f"{reference.ours}_id" for reference in spec.references]
    stored = spec.model.objects.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["odoo_id"],
        update_fields=[*columns, *keys, *KEPT],
    )
    link_waiting(spec.model, [row["id"] for row in changed if row["id"] not in known])
    if spec.topic:
        touch(spec.topic)
    pks = [record.pk for record in stored]
    transaction.on_commit(
        lambda: mirrors_changed.send_robust(sender=spec.model, keys=pks), robust=True
    )
    return pks


def content_hash(spec: MirrorSpec, row: Row) -> str:
    """Return the hash of what the row says, its time of writing apart."""
    content = {column.odoo: row[column.odoo] for column in spec.columns}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def record_of(spec: MirrorSpec, row: Row) -> Mirror:
    """Return the row as a mirror that is not saved yet."""
    values = {column.stored: column.read(row[column.odoo]) for column in spec.columns}
    return spec.model(  # type: ignore[no-any-return]
        odoo_id=row["id"],
        remote={column.odoo: row[column.odoo] for column in spec.columns},
        remote_hash=content_hash(spec, row),
        remote_write_date=from_odoo_datetime(row["write_date"]),
        seen_at=timezone.now(),
        deleted_at=None,
        **values,
    )


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
