"""The one path by which anything read from Odoo comes into the mirrors."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple

from django.db import connection, transaction

from odoo_bridge.client import from_odoo_datetime
from odoo_bridge.signals import mirrors_changed
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.dirt import look_again
from odoo_bridge.sync.references import link_waiting, wait_for_the_others
from odoo_bridge.sync.storing import Content, write
from portal.core.changes import touch
from portal.core.deadlocks import in_a_transaction

Row = dict[str, Any]
AS_JSON = json.JSONEncoder(sort_keys=True)  # made once: ``dumps`` would make one for each row

KNOWN = """
select odoo_id, remote_hash, remote_write_date, seen_at, deleted_at
  from {table} where odoo_id = any(%s::bigint[]) order by id for no key update
"""


class Known(NamedTuple):
    """What we have of a record of Odoo."""

    odoo_id: int
    remote_hash: str
    remote_write_date: dt.datetime | None
    seen_at: dt.datetime | None
    deleted_at: dt.datetime | None


class Changed(NamedTuple):
    """A record whose mirror was written: our key, Odoo's id, and when Odoo wrote it."""

    key: int
    odoo_id: int
    written_at: dt.datetime | None


def upsert(spec: MirrorSpec, rows: Sequence[Row], *, read_at: dt.datetime) -> list[Changed]:
    """Store the rows as read (``id``, ``write_date`` and the spec's fields); return what changed.

    What is equal, by content, to what we have is not stored again: Odoo shows whole seconds, so
    equal times would not mean equal rows. ``read_at`` is a moment before the reading began: what
    somebody else has read later stays, and the record is looked at once more.
    """
    return in_a_transaction(lambda: _upsert(spec, rows, read_at))


def _upsert(spec: MirrorSpec, rows: Sequence[Row], read_at: dt.datetime) -> list[Changed]:
    odoo_ids = [row["id"] for row in rows]
    wait_for_the_others(spec, odoo_ids)
    known = known_rows(spec, odoo_ids)
    overtaken = [one for one in known.values() if one.seen_at and one.seen_at > read_at]
    if overtaken:
        look_again(spec.odoo_model, [one.odoo_id for one in overtaken], at=read_at)
        taken = {one.odoo_id for one in overtaken}
        rows = [row for row in rows if row["id"] not in taken]
    contents = {row["id"]: content_of(spec, row) for row in rows}
    changed = [row for row in rows if differs(contents[row["id"]], known.get(row["id"]))]
    note_times(spec, rows, known)
    if not changed:
        return []
    return store(spec, changed, contents, known=set(known), read_at=read_at)


def known_rows(spec: MirrorSpec, odoo_ids: Sequence[int]) -> dict[int, Known]:
    """Return what we have of these records, locked, so that a later reading cannot be undone."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN.format(table=spec.model._meta.db_table), [list(odoo_ids)])
        return {one.odoo_id: one for one in map(Known._make, cursor.fetchall())}


def differs(content: Content, known: Known | None) -> bool:
    """Say whether the row says something that our mirror does not."""
    return known is None or bool(known.deleted_at or known.remote_hash != content.hash)


def note_times(spec: MirrorSpec, rows: Sequence[Row], known: Mapping[int, Known]) -> None:
    """Keep when Odoo last wrote what is equal: reconciliation compares these times."""
    later = []
    for row in rows:
        if (ours := known.get(row["id"])) is None:
            continue
        if ours.remote_write_date != (theirs := from_odoo_datetime(row["write_date"])):
            later.append((row["id"], theirs))
    for odoo_id, written_at in later:
        spec.model.objects.filter(odoo_id=odoo_id).update(remote_write_date=written_at)


def store(
    spec: MirrorSpec,
    changed: Sequence[Row],
    contents: Mapping[int, Content],
    *,
    known: Set[int],
    read_at: dt.datetime,
) -> list[Changed]:
    """Write the mirrors of rows that are new or differ, and tell who wants to know."""
    keys = write(spec, changed, [contents[row["id"]] for row in changed], read_at=read_at)
    link_waiting(spec.model, [row["id"] for row in changed if row["id"] not in known])
    if spec.topic:
        touch(spec.topic)
    transaction.on_commit(
        lambda: mirrors_changed.send_robust(sender=spec.model, keys=list(keys.values())),
        robust=True,
    )
    return [
        Changed(keys[row["id"]], row["id"], from_odoo_datetime(row["write_date"]))
        for row in changed
    ]


def content_of(spec: MirrorSpec, row: Row) -> Content:
    """Return what the row says, its time of writing apart."""
    content = {column.odoo: row[column.odoo] for column in spec.columns}
    text = AS_JSON.encode(content)
    return Content(text, hashlib.sha256(text.encode()).hexdigest())
