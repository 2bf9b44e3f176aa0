"""Many rows of Odoo into a mirror by one statement, with the keys of what they refer to.

A page of rows goes as one array a column: as objects of the models, one by one, it takes several
times as long as Odoo needs to read it.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from django.db import connection

from odoo_bridge.sync.columns import Column, MirrorSpec

BETWEEN = "\x1f"  # the control character "unit separator", of which a text loses nothing
KEPT = ("odoo_id", "remote", "remote_hash", "remote_write_date", "seen_at")
UPSERT = """
insert into {table} as mine (uuid, {written})
select gen_random_uuid(), {values}
  from unnest({arrays}) as given ({given})
  {targets}
    on conflict (odoo_id) do update
   set deleted_at = null, {updates}
returning mine.odoo_id, mine.id
"""


@dataclass(frozen=True)
class Content:
    """What a row says, its time of writing apart: as JSON, and the hash of that."""

    json: str
    hash: str


@dataclass(frozen=True)
class Stored:
    """A column as it is written: its name, the type of its array, and the way into and out of it.

    An array of arrays would have to be a rectangle, and there is none of JSON: both go as text.
    """

    name: str
    array: str
    of: Callable[[Sequence[Any]], str]
    cast: str = ""


def write(
    spec: MirrorSpec,
    rows: Sequence[Mapping[str, Any]],
    contents: Sequence[Content],
    *,
    read_at: dt.datetime,
) -> dict[int, int]:
    """Insert the mirrors of these rows, or replace them; return our keys by Odoo's ids."""
    values: list[Sequence[Any]] = [
        [row["id"] for row in rows],
        [content.json for content in contents],
        [content.hash for content in contents],
        [f"{row['write_date']}+00" if row["write_date"] else None for row in rows],
        [read_at] * len(rows),
        *([column.read(row[column.odoo]) for row in rows] for column in spec.columns),
    ]
    ways = stored_columns(spec)
    arrays = [way.of(column) for way, column in zip(ways, values, strict=True)]
    connection.ensure_connection()
    # Django's cursor would write the arrays into the statement, for PostgreSQL to read them there.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement_of(spec), arrays)
        return dict(cursor.fetchall())


@cache
def stored_columns(spec: MirrorSpec) -> list[Stored]:
    """Return how each column is written, in the order of the statement's arrays."""
    return [stored(spec, name) for name in (*KEPT, *(column.stored for column in spec.columns))]


def stored(spec: MirrorSpec, name: str) -> Stored:
    """Return how a column is written, by its type in PostgreSQL."""
    field = spec.model._meta.get_field(name)
    kind = str(field.db_type(connection))
    if kind.endswith("[]"):
        return Stored(field.column, "text", of_lists, cast=f"::{kind}")
    if kind == "jsonb":
        return Stored(field.column, "text", of_texts, cast=f"::{kind}")
    if "char" in kind or kind == "text":
        return Stored(field.column, "text", of_texts)
    return Stored(field.column, kind, of_plain)


def of_plain(values: Sequence[Any]) -> str:
    """Return values that need no quotes as PostgreSQL writes an array."""
    return f"{{{','.join('NULL' if one is None else str(one) for one in values)}}}"


def of_lists(lists: Sequence[Sequence[int]]) -> str:
    """Return lists of numbers as an array of texts that are arrays."""
    return of_texts([f"{{{','.join(map(str, numbers))}}}" for numbers in lists])


def of_texts(texts: Sequence[str]) -> str:
    """Return texts as an array. All are quoted at once: one by one takes ten times as long."""
    joined = BETWEEN.join(texts)
    if joined.count(BETWEEN) >= len(texts):
        return of_texts([text.replace(BETWEEN, "") for text in texts])
    quoted = joined.replace("\\", "\\\\").replace('"', '\\"').replace(BETWEEN, '","')
    return f'{{"{quoted}"}}'


@cache
def statement_of(spec: MirrorSpec) -> str:
    """Return the statement that writes rows of this mirror; one array a column."""
    ways, references = stored_columns(spec), list(enumerate(spec.references))
    written = [*(way.name for way in ways), *(f"{one.ours}_id" for _, one in references)]
    given = [f"given.{way.name}{way.cast}" for way in ways]
    found = [f"target_{number}.id" for number, _ in references]
    return UPSERT.format(
        table=spec.model._meta.db_table,
        written=", ".join(written),
        values=", ".join(given + found),
        arrays=", ".join(f"%s::{way.array}[]" for way in ways),
        given=", ".join(way.name for way in ways),
        targets="\n  ".join(target(spec, one, number) for number, one in references),
        updates=", ".join(f"{name} = excluded.{name}" for name in written if name != "odoo_id"),
    )


def target(spec: MirrorSpec, reference: Column, number: int) -> str:
    """Return where the key of a reference is found; no row means that it has not arrived."""
    table = spec.target_of(reference)._meta.db_table
    here = f"target_{number}"
    return f"left join {table} as {here} on {here}.odoo_id = given.{reference.stored}"
