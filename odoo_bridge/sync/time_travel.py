"""Has Odoo gone back in time? It has when it was restored from a backup.

What it forgot was acknowledged to us, and its next records take ids that we know as others. So
before anything is sent after an outage, and with each round of reconciliation, Odoo is asked for
its latest time of writing. If that is earlier than what we have seen, a deletion may be the cause:
then those of our records are looked at that are newer than anything in Odoo. A record that lives
there with an earlier time of writing proves it, and so do records that are gone from several
mirrors at once.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import structlog
from django.utils import timezone

from odoo_bridge.client import OdooClient, fingerprint, from_odoo_datetime, pages, with_ids
from odoo_bridge.models import PollCursor
from odoo_bridge.services.hold_writes import hold_writes
from odoo_bridge.sync.columns import MirrorSpec

log = structlog.get_logger(__name__)
CLOCK = dt.timedelta(seconds=2)  # a database's clock may be set back by this much
MOST = 200
GONE_FROM = 3  # mirrors: nobody deletes the newest records of so many at once


def odoo_went_back(client: OdooClient, specs: Iterable[MirrorSpec]) -> bool:
    """Say whether Odoo was restored from a backup, and if so hold all writes.

    One small call to Odoo while all is well.

    :raises OdooError: Odoo did not say.
    """
    seen = PollCursor.objects.exclude(high_water=None).in_bulk(field_name="mirror")
    by_time = sorted(
        (spec for spec in specs if spec.name in seen),
        key=lambda spec: _high_water(seen, spec),
        reverse=True,
    )
    gone_from = 0
    for spec in by_time:
        ours = _high_water(seen, spec)
        theirs = fingerprint(client, spec.odoo_model, spec.domain).last_written_at
        if theirs is not None and theirs >= ours - CLOCK:
            return False  # what was written last in all of Odoo is what we have seen
        verdict = look_at_the_newest(spec, client, since=theirs)
        if verdict is None:
            continue
        gone_from += 1
        if verdict or gone_from >= GONE_FROM:
            log.error("odoo_went_back", mirror=spec.name)
            hold_writes(since=theirs, now=timezone.now())
            return True
    return False


def _high_water(seen: dict[Any, PollCursor], spec: MirrorSpec) -> dt.datetime:
    found = seen[spec.name].high_water
    assert found is not None  # noqa: S101 - the query leaves out those without
    return found


def look_at_the_newest(
    spec: MirrorSpec, client: OdooClient, *, since: dt.datetime | None
) -> bool | None:
    """Say what became of our records that are newer than any of Odoo's.

    ``True``: one lives, and is older there. ``False``: they are gone. ``None``: we have none.
    """
    newer = spec.model.objects.filter(odoo_id__isnull=False, deleted_at=None)
    if since is not None:
        newer = newer.filter(remote_write_date__gt=since + CLOCK)
    newest = newer.order_by("-remote_write_date").values_list("odoo_id", "remote_write_date")
    ours = dict(newest[:MOST])
    if not ours:
        return None
    for rows in pages(client, spec.odoo_model, ["write_date"], domain=with_ids(ours)):
        for row in rows:
            written_at = from_odoo_datetime(row["write_date"])
            if written_at is not None and written_at < ours[row["id"]] - CLOCK:
                return True
    return False
