"""Which parts of the portal have changed, so that open pages can follow.

A change is a row that carries the id of the transaction that made it. A page remembers the
snapshot in which it last looked, and asks for the rows that this snapshot could not see. So a
transaction that commits late is never missed and nothing is told twice, whatever the order in
which transactions commit; serial numbers would lose the late ones.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from portal.core.bell import wake_soon

POSITION = re.compile(r"\d{1,18}:\d{1,18}:(\d{1,18}(,\d{1,18})*)?", re.ASCII)
BEGINNING = "1:1:"

RECORD = """
insert into core_change (topic, xid, at)
values (%s, pg_current_xact_id()::text::bigint, now())
on conflict (topic, xid) do nothing
"""
# A snapshot from the future means that this database is an older copy: then all is news.
SINCE = """
with since as (
  select case when pg_snapshot_xmax(%(position)s) > pg_snapshot_xmax(pg_current_snapshot())
              then pg_snapshot %(beginning)s else %(position)s end as snapshot
)
select pg_current_snapshot()::text,
       array(select distinct topic from core_change, since
              where xid >= pg_snapshot_xmin(snapshot)::text::bigint
                and not pg_visible_in_snapshot(xid::text::xid8, snapshot))
"""
# An older change may have been committed after the newer one: who has seen that and not this one
# asks again within seconds.
FORGET = """
delete from core_change as old
 where at < now() - interval '10 minutes'
   and exists (select 1 from core_change as newer
                where newer.topic = old.topic and newer.xid > old.xid)
"""


# What is visible and yet to come was restored from a dump of another PostgreSQL: it would be news
# for ever. It becomes one change of now.
RENEW = """
with of_another as (
  delete from core_change where xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
  returning topic
)
insert into core_change (topic, xid, at)
select distinct topic, pg_current_xact_id()::text::bigint, now() from of_another
on conflict (topic, xid) do nothing
"""


@dataclass(frozen=True)
class Changes:
    """The topics that changed, and the position to ask from next time."""

    position: str
    topics: list[str]


FOLLOWERS: dict[str, set[str]] = {}  # by topic, the tasks that make parts of pages anew


def follow(topics: Iterable[str], task_name: str) -> None:
    """Have a task woken after each change of these topics, where parts of pages are kept."""
    for topic in topics:
        FOLLOWERS.setdefault(topic, set()).add(task_name)


def touch(topic: str) -> None:
    """Tell open pages that something they may show has changed, once this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [topic])
    if settings.PARTS_ARE_KEPT:
        for task_name in FOLLOWERS.get(topic, ()):
            wake_soon(task_name)


def changed_since(position: str) -> Changes:
    """Return the topics that changed since an earlier call returned this position.

    :raises ValueError: the text is no position. A plain number counts as the position at which
        that transaction was the next to come; ``0`` is the beginning.
    """
    if position.isascii() and position.isdigit():
        position = f"{max(1, int(position))}:{max(1, int(position))}:"
    if not _is_position(position):
        raise ValueError("not a position")
    with connection.cursor() as cursor:
        cursor.execute(SINCE, {"position": position, "beginning": BEGINNING})
        now, topics = cursor.fetchone()
    return Changes(position=now, topics=sorted(topics))


def position_now() -> str:
    """Return the position from which a page that is made now should ask."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def _is_position(text: str) -> bool:
    """Say whether PostgreSQL would read the text as a snapshot (``xmin:xmax:xid,xid``)."""
    if not POSITION.fullmatch(text):
        return False
    first, last, between = text.split(":")
    open_ones = [int(xid) for xid in between.split(",") if xid]
    steps = [int(first), *open_ones, int(last) - bool(open_ones)]
    return int(first) > 0 and all(a <= b for a, b in itertools.pairwise(steps))


def forget_superseded() -> None:
    """Delete old changes but each topic's newest: a page that slept for days still finds that."""
    with connection.cursor() as cursor:
        cursor.execute(RENEW)
        cursor.execute(FORGET)
