"""The records that are to be read again: noted, claimed, and forgotten when they were served."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from odoo_bridge.models import DirtyRecord

MOST = 200
STORING = 15  # seconds: > the storing of what one read brings

LOOK_AGAIN = """
insert into odoo_bridge_dirtyrecord as dirty
  (odoo_model, odoo_id, hits, absences, first_at, not_before)
select %(odoo_model)s, id, 0, %(absences)s, %(now)s, %(at)s from unnest(%(ids)s::bigint[]) as id
on conflict (odoo_model, odoo_id) do update
   set absences = greatest(dirty.absences, excluded.absences),
       not_before = case when excluded.absences > dirty.absences then excluded.not_before
                         else least(dirty.not_before, excluded.not_before) end
"""
CLAIM = """
with due as (
  select id from odoo_bridge_dirtyrecord
   where not_before <= %(now)s
   order by not_before limit %(most)s
     for update skip locked
)
update odoo_bridge_dirtyrecord as dirty set not_before = %(until)s
  from due where dirty.id = due.id
returning dirty.odoo_model, dirty.odoo_id, dirty.id, dirty.hits, dirty.absences, dirty.not_before
"""

# Whoever knocked while the record was being read, or wants it looked at again, is not passed over.
FORGET = """
delete from odoo_bridge_dirtyrecord as dirty
 using unnest(%(keys)s::bigint[], %(hits)s::integer[]) as served (id, hits)
 where dirty.id = served.id and dirty.hits = served.hits and dirty.not_before = %(until)s
"""


@dataclass(frozen=True)
class Claimed:
    """A dirty record that this worker looks at now."""

    odoo_id: int
    key: int
    hits: int
    absences: int
    until: dt.datetime


def anything_dirty(now: dt.datetime) -> bool:
    """Say whether a record is due to be read again."""
    return DirtyRecord.objects.filter(not_before__lte=now).exists()


def look_again(
    odoo_model: str, odoo_ids: Iterable[int], *, at: dt.datetime, absences: int = 0
) -> None:
    """Note records that are to be read again, at a certain time or sooner.

    Whoever notes a record that is being read right now wants it read after that: like a knock.
    """
    ids = sorted(odoo_ids)
    if not ids:
        return
    values: dict[str, str | int | list[int] | dt.datetime] = {
        "odoo_model": odoo_model,
        "ids": ids,
        "absences": absences,
        "now": timezone.now(),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOK_AGAIN, values)


def claim(now: dt.datetime) -> dict[str, list[Claimed]]:
    """Take what is due, by model of Odoo; a worker that dies gives it back after a while."""
    until = now + dt.timedelta(seconds=settings.ODOO_READ_TIMEOUT + STORING)
    found: defaultdict[str, list[Claimed]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "until": until, "most": MOST})
        for odoo_model, *claimed in cursor.fetchall():
            found[odoo_model].append(Claimed(*claimed))
    return dict(found)


@transaction.atomic
def forget(served: Sequence[Claimed], now: dt.datetime) -> None:
    """Forget what was read, unless somebody knocked meanwhile: that is due at once."""
    if not served:
        return
    keys, until = [one.key for one in served], served[0].until
    with connection.cursor() as cursor:
        hits = [one.hits for one in served]
        cursor.execute(FORGET, {"keys": keys, "hits": hits, "until": until})
    DirtyRecord.objects.filter(pk__in=keys, not_before=until).update(not_before=now)


def postpone(claimed: Iterable[Claimed], until: dt.datetime) -> None:
    """Give back what could not be read, to be looked at later."""
    keys = [one.key for one in claimed]
    DirtyRecord.objects.filter(pk__in=keys).update(not_before=until)
