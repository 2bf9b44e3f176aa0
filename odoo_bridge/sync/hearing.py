"""How well Odoo's webhooks are heard: counted here, said on the desk and by the doctor."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection

from odoo_bridge.models import DirtyRecord, OdooAccess
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.dirt import Claimed
from odoo_bridge.sync.upsert import Changed

IN_TIME = dt.timedelta(seconds=10)  # by then a webhook has come, if it comes at all

HEARD = """
insert into odoo_bridge_hinthearing as hearing (odoo_model, heard, heard_at, missed)
values (%s, %s, %s, 0)
on conflict (odoo_model) do update
   set heard = hearing.heard + excluded.heard, heard_at = excluded.heard_at
"""
MISSED = """
insert into odoo_bridge_hinthearing as hearing (odoo_model, heard, missed, missed_at)
values (%s, 0, %s, %s)
on conflict (odoo_model) do update
   set missed = hearing.missed + excluded.missed, missed_at = excluded.missed_at
"""


def note_heard(odoo_model: str, claimed: Sequence[Claimed], now: dt.datetime) -> None:
    """Count what the webhooks said; a look that nobody asked for from outside has no hits."""
    hits = sum(one.hits for one in claimed)
    if hits:
        with connection.cursor() as cursor:
            cursor.execute(HEARD, [odoo_model, hits, now])


def note_missed(spec: MirrorSpec, changed: Sequence[Changed], now: dt.datetime) -> int:
    """Count the changes that a poll found although a webhook should have told of them; return them.

    What was written before the webhooks were set up, or only just now, says nothing.
    """
    access = OdooAccess.objects.filter(hints_since__isnull=False).first()
    if not (spec.tells and access and access.hints_since):
        return 0
    since, until = access.hints_since, now - IN_TIME
    late = [one.odoo_id for one in changed if one.written_at and since < one.written_at < until]
    told = DirtyRecord.objects.filter(odoo_model=spec.tells, odoo_id__in=late).count()
    missed = len(late) - told
    if missed > 0:
        with connection.cursor() as cursor:
            cursor.execute(MISSED, [spec.tells, missed, now])
    return missed
