"""References between mirrors, whichever of the two is read first.

A record and what it points at may be stored at the same moment, by two readers: then neither sees
the other's, and the reference would stay empty for good. So whoever stores new records of a mirror
keeps those waiting who store references to it, and is kept waiting by them.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Model

from odoo_bridge.models import PollCursor
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.specs import SPECS
from portal.core.changes import touch

WAITS = "exists (select from {table} where {key} is null and {given} is not null)"
LINK = """
update {table} as waiting
   set {key} = arrived.id
  from {target} as arrived
 where waiting.{key} is null and waiting.{given} = arrived.odoo_id
   and arrived.odoo_id = any(%s::bigint[])
"""
COUNT = "select %s, count(*) from {table} where deleted_at is null and ({any})"
NUMBER = "select count(*) from {table} where odoo_id = any(%s::bigint[])"
ALONE, WITH_OTHERS = "pg_advisory_xact_lock", "pg_advisory_xact_lock_shared"


class Link(NamedTuple):
    """An expression: does any reference of a kind wait? And the statement that fills those."""

    waits: str
    fill: str


def wait_for_the_others(spec: MirrorSpec, odoo_ids: Sequence[int]) -> None:
    """Let nobody store what these records refer to, or refer to new ones, until the commit.

    The mirrors are taken in the order of ``SPECS``, so that no two readers wait for each other.
    """
    has_new = number_here(spec.model, odoo_ids) < len(set(odoo_ids))
    targets = {spec.target_of(reference) for reference in spec.references}
    locks = [
        (ALONE if one is spec and has_new else WITH_OTHERS, one.name)
        for one in SPECS
        if one is spec or one.model in targets
    ]
    calls = ", ".join(f"{lock}(hashtext(%s))" for lock, _ in locks)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [f"mirror {name}" for _, name in locks])


def keep_others_waiting(target: type[Model]) -> None:
    """Let nobody store references to records of this mirror until the commit.

    For who gives Odoo's id to a record that was born here: it is new to those who refer to it.
    """
    names = [f"mirror {spec.name}" for spec in SPECS if spec.model is target]
    with connection.cursor() as cursor:
        cursor.executemany(f"SELECT {ALONE}(hashtext(%s))", [[name] for name in names])


def number_here(model: type[Model], odoo_ids: Sequence[int]) -> int:
    """Return how many of these records are in their mirror."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBER.format(table=model._meta.db_table), [list(odoo_ids)])
        return int(cursor.fetchone()[0])


def link_waiting(target: type[Model], odoo_ids: Sequence[int]) -> None:
    """Fill the keys of all references that waited for these new records."""
    links = links_to(target)
    if not (odoo_ids and links):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(link.waits for link in links)}")
        for link, waits in zip(links, cursor.fetchone(), strict=True):
            if waits:
                cursor.execute(link.fill, [list(odoo_ids)])


def note_waiting_references(specs: Iterable[MirrorSpec]) -> None:
    """Count the records of each mirror that wait for what they point at; two queries."""
    now = waiting_references(specs)
    cursors = PollCursor.objects.filter(mirror__in=now)
    for mirror, number in cursors.values_list("mirror", "references_waiting"):
        if number != now[mirror]:
            cursors.filter(mirror=mirror).update(references_waiting=now[mirror])
            touch("sync")


def waiting_references(specs: Iterable[MirrorSpec]) -> dict[str, int]:
    """Return how many records of each mirror wait for what they point at; one query."""
    referring = [spec for spec in specs if spec.references]
    if not referring:
        return {}
    counts = [
        COUNT.format(
            table=spec.model._meta.db_table,
            any=" or ".join(
                f"({one.ours}_id is null and {one.stored} is not null)" for one in spec.references
            ),
        )
        for spec in referring
    ]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(counts), [spec.name for spec in referring])
        return dict(cursor.fetchall())


@cache
def links_to(target: type[Model]) -> list[Link]:
    """Return how the keys of references to a mirror are filled."""
    return [
        Link(*(words.format(**names) for words in (WAITS, LINK)))
        for spec in SPECS
        for reference in spec.references
        if spec.target_of(reference) is target
        for names in [
            {
                "table": spec.model._meta.db_table,
                "key": f"{reference.ours}_id",
                "given": reference.stored,
                "target": target._meta.db_table,
            }
        ]
    ]
