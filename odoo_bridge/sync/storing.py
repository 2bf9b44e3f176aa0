"""Many rows of Odoo into a mirror by one statement, with the keys of what they refer to.

A page of rows goes as one array a column: as objects of the models, one by one, it takes several
times as long as Odoo needs to read it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from odoo_bridge.client import from_odoo_datetime
from odoo_bridge.sync.columns import Column, MirrorSpec

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
    put: Callable[[Any], str]
    cast: str = ""

    def of(self, values: Iterable[Any]) -> str:
        """Return an array as PostgreSQL writes it; ``psycopg`` would take much longer."""
        put = self.put
        return f"{{{','.join('NULL' if one is None else put(one) for one in values)}}}"


def write(
    spec: MirrorSpec,
    rows: Sequence[Mapping[str, Any]],
    contents: Sequence[Content],
    *,
    read_at: dt.datetime,
) -> dict[int, int]:
    """Insert the mirrors of these rows, or replace them; return our keys by Odoo's ids."""
    values: list[Iterable[Any]] = [
        (row["id"] for row in rows),
        (content.json for content in contents),
        (content.hash for content in contents),
        (from_odoo_datetime(row["write_date"]) for row in rows),
        (read_at for _row in rows),
        *([column.read(row[column.odoo]) for row in rows] for column in spec.columns),
    ]
    ways = stored_columns(spec)
    arrays = [way.of(column) for way, column in zip(ways, values, strict=True)]
    with connection.cursor() as cursor:
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
        return Stored(field.column, "text", braced, cast=f"::{kind}")
    if kind == "jsonb":
        return Stored(field.column, "text", quoted, cast=f"::{kind}")
    if "char" in kind or kind == "text":
        return Stored(field.column, "text", quoted)
    return Stored(field.column, kind, str)


def braced(numbers: Iterable[int]) -> str:
    """Return numbers as the text of an array that is one of an array's texts."""
    return f'"{{{",".join(map(str, numbers))}}}"'


def quoted(text: str) -> str:
    """Return a text as one of an array's."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


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
