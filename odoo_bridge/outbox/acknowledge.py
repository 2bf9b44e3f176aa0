"""Odoo has made a record that was born here: give our mirror its id."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey

from odoo_bridge.models import Mirror
from odoo_bridge.sync.references import keep_others_waiting, link_waiting

IDENTITY = {"id", "uuid"}


def acknowledge(model: type[Mirror], key: uuid.UUID, odoo_id: int) -> None:
    """Set the id on the record born here, in the transaction that settles the entry.

    A poll may have mirrored the new record already: then its row is taken over and goes. What a
    poll has mirrored that refers to the record finds it from now on.
    """
    keep_others_waiting(model)
    try:
        with transaction.atomic():
            _take(model, key, odoo_id)
    except IntegrityError:  # the poll made its row between our look and our write
        _take(model, key, odoo_id)
    link_waiting(model, [odoo_id])


def acknowledge_all(model: type[Mirror], ids: Mapping[uuid.UUID, int]) -> None:
    """Set the ids on many records born here, as ``acknowledge`` does it for one."""
    mirror: Any = model
    keep_others_waiting(model)
    _lock(model, ids)
    taken = set(mirror.objects.filter(odoo_id__in=ids.values()).values_list("odoo_id", flat=True))
    free = {key: odoo_id for key, odoo_id in ids.items() if odoo_id not in taken}
    try:
        with transaction.atomic():
            done = _give_ids(model, free)
    except IntegrityError:
        done = set()
    for key, odoo_id in ids.items():
        if key not in done:
            acknowledge(model, key, odoo_id)
    link_waiting(model, list(ids.values()))


def _lock(model: type[Mirror], ids: Mapping[uuid.UUID, int]) -> None:
    """Lock the records and their twins in the order in which a poll does, before any is changed."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id from {table}"  # noqa: S608 - our own table
            " where uuid = any(%s::uuid[]) or odoo_id = any(%s::bigint[]) order by id for update",
            [list(ids), list(ids.values())],
        )


def _give_ids(model: type[Mirror], ids: Mapping[uuid.UUID, int]) -> set[uuid.UUID]:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} as mine set odoo_id = given.odoo_id"  # noqa: S608 - our own table
            " from unnest(%s::uuid[], %s::bigint[]) as given (uuid, odoo_id)"
            " where mine.uuid = given.uuid returning mine.uuid",
            [list(ids), list(ids.values())],
        )
        return {row[0] for row in cursor.fetchall()}


def _take(model: type[Mirror], key: uuid.UUID, odoo_id: int) -> None:
    mirror: Any = model
    mine = mirror.objects.select_for_update().get(uuid=key)
    twin = mirror.objects.select_for_update().filter(odoo_id=odoo_id).exclude(pk=mine.pk).first()
    if twin is not None:
        _repoint(model, old=twin.pk, new=mine.pk)
        twin.delete()
        for field in model._meta.concrete_fields:
            if field.name not in IDENTITY | model.OURS:
                setattr(mine, field.attname, getattr(twin, field.attname))
    mine.odoo_id = odoo_id
    mine.save()


def _repoint(model: type[Mirror], *, old: int, new: int) -> None:
    """Let everything that points at one record point at another."""
    for relation in model._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if relation.auto_created and isinstance(field, ForeignKey):
            objects: Any = relation.related_model
            objects.objects.filter(**{field.name: old}).update(**{field.name: new})
