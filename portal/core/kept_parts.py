"""Parts of pages that are made once for all who look, until something changes that they show.

A part is kept in the database with the position at which its making began. It is shown again as
long as none of its topics has changed since: what an open page would not read anew is not made
anew either. What changes without telling a topic shows within ``LONGEST``. A worker makes anew
what was asked for lately, so that nobody waits for it: see ``stale_parts``.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence, Set
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal.core.changes import position_now
from portal.core.models import KeptPart

Name = tuple[str | bool, ...]  # its kind first

LONGEST = dt.timedelta(seconds=90)
NO_REST = dt.timedelta(0)
SOON_OVER = dt.timedelta(seconds=30)  # of that age it is made anew, though nothing changed
ASKED_LATELY = dt.timedelta(minutes=15)
MOST_AHEAD = 12  # of what was asked for lately: each word that somebody types is a part, too
LARGEST = 1_000_000  # letters: what is larger takes long to read, too
TOO_LARGE = ""  # stands for such a part: who makes them ahead has nothing to do

# A position from the future is of another copy of this database. What a request made, in whose row
# both times are one, does not rest: no worker comes back to it by itself.
LOOK = """
select name, is_fresh or made_at > %(rested_after)s and asked_at is distinct from made_at,
       case when is_fresh and %(to_show)s then html end
  from core_keptpart, lateral (
    select made_at > %(made_after)s
           and pg_snapshot_xmax(position::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
           and not exists (
             select from core_change
              where topic = any(%(topics)s)
                and xid >= pg_snapshot_xmin(position::pg_snapshot)::text::bigint
                and not pg_visible_in_snapshot(xid::text::xid8, position::pg_snapshot)
           ) as is_fresh
  ) as state
 where key = any(%(keys)s) or name ->> 0 = %(kind)s and asked_at > %(asked_after)s
 order by key = any(%(keys)s) desc, asked_at desc
 limit cardinality(%(keys)s::text[]) + %(more)s
"""


def kept_part(name: Name, topics: Set[str], make: Callable[[], str]) -> str:
    """Return the part of this name, made when none is kept that is as new as it can be.

    One query finds it.

    :param name: everything that decides what the part says, but for the database; its kind first.
    """
    if not settings.PARTS_ARE_KEPT:
        return make()
    asked = {"topics": [*topics], "keys": [_key(name)], "made_after": timezone.now() - LONGEST}
    nothing_more = {"kind": None, "asked_after": None, "rested_after": None, "more": 0}
    found = _look(asked | nothing_more | {"to_show": True})
    if found and found[0][2]:
        return found[0][2]
    position, html = position_now(), make()
    _keep(name, position, html, is_asked_for=True)
    return html


def stale_parts(
    kind: str, topics: Set[str], *, always: Sequence[Name], rest: dt.timedelta = NO_REST
) -> list[Name]:
    """Return the names of what is to be made anew, before somebody asks; one query.

    Of what was asked for lately, that is the latest.

    :param always: what is wanted whether or not somebody has asked for it lately.
    :param rest: what a worker made within this time is left out, though it has changed since.
    """
    now = timezone.now()
    asked = {"topics": [*topics], "keys": [_key(name) for name in always], "kind": kind}
    since = {"made_after": now - SOON_OVER, "asked_after": now - ASKED_LATELY}
    found = _look(
        asked | since | {"rested_after": now - rest, "more": MOST_AHEAD, "to_show": False}
    )
    kept = {tuple(json.loads(name)): is_fine for name, is_fine, _html in found}
    return [name for name, is_fine in (dict.fromkeys(always) | kept).items() if not is_fine]


def make_part(name: Name, make: Callable[[], str]) -> None:
    """Make a part and keep it."""
    position = position_now()
    _keep(name, position, make())


def forget_parts() -> None:
    """Delete what nobody may be shown any more."""
    KeptPart.objects.filter(made_at__lt=timezone.now() - LONGEST).delete()


def _look(asked: dict[str, Any]) -> list[tuple[str, bool, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(LOOK, asked)
        return list(cursor.fetchall())


def _keep(name: Name, position: str, html: str, *, is_asked_for: bool = False) -> None:
    kept, now = html if len(html) <= LARGEST else TOO_LARGE, timezone.now()
    about = {"position": position, "html": kept, "made_at": now}
    if is_asked_for:
        about["asked_at"] = now
    part = KeptPart(key=_key(name), name=name, **about)
    KeptPart.objects.bulk_create(
        [part], update_conflicts=True, unique_fields=["key"], update_fields=[*about]
    )


def _key(name: Iterable[str | bool]) -> str:
    return hashlib.sha256(json.dumps([*name]).encode()).hexdigest()
