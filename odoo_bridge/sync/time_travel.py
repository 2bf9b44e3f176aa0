"""Has Odoo gone back in time? It has when it was restored from a backup.

What it forgot was acknowledged to us, and its next records take ids that we know as others. So
before anything is sent after an outage, and with each round of reconciliation, Odoo is asked for
the records that were written last of all that we have seen. One that still has our time of writing
proves that Odoo knows all that was written before. Its latest time of writing alone proves nothing:
somebody may have worked in the restored one already. A record that lives there with an earlier time
proves that it went back, and so do records that are gone from several mirrors at once.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from odoo_bridge.client import OdooClient, from_odoo_datetime, pages, with_ids
from odoo_bridge.models import PollCursor
from odoo_bridge.services.hold_writes import hold_writes
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.forgotten import forgotten_by
from odoo_bridge.sync.tombstones import let_go

log = structlog.get_logger(__name__)
CLOCK = dt.timedelta(seconds=2)  # a database's clock may be set back by this much
NEWEST = 20  # records of a mirror that are looked at
GONE_FROM = 3  # mirrors: nobody deletes the newest records of so many at once


@dataclass(frozen=True)
class Look:
    """What became of the newest records that we know of a mirror.

    ``known_until`` is the latest of our times that Odoo has, too; ``older`` the latest time of a
    record that is older there than here; ``gone``: some are not there.
    """

    known_until: dt.datetime | None
    older: dt.datetime | None
    gone: bool


def odoo_went_back(client: OdooClient, specs: Iterable[MirrorSpec]) -> bool:
    """Say whether Odoo was restored from a backup, and if so hold all writes.

    One small call to Odoo while all is well.

    :raises OdooError: Odoo did not say.
    """
    specs = tuple(specs)
    seen = PollCursor.objects.exclude(high_water=None).in_bulk(field_name="mirror")
    by_time = sorted(
        (spec for spec in specs if spec.name in seen),
        key=lambda spec: _high_water(seen, spec),
        reverse=True,
    )
    known_until: dt.datetime | None = None
    gone_from = 0
    for spec in by_time:
        if known_until is not None and _high_water(seen, spec) <= known_until + CLOCK:
            return False  # neither this mirror nor the next has anything that is newer
        look = look_at_the_newest(spec, client, newer_than=known_until)
        gone_from += look.gone
        known_until = max(filter(None, (known_until, look.known_until)), default=None)
        if look.older or gone_from >= GONE_FROM:
            log.error("odoo_went_back", mirror=spec.name)
            since = max(filter(None, (known_until, look.older)), default=None)
            _hold(client, specs, since)
            return True
    return False


def _hold(client: OdooClient, specs: Iterable[MirrorSpec], since: dt.datetime | None) -> None:
    """Hold all writes, and take the ids from the records that Odoo has forgotten."""
    forgotten = forgotten_by(client, specs, since=since)
    with transaction.atomic():
        hold_writes(since=since, now=timezone.now())
        for spec, which in forgotten.items():
            let_go(spec, which)


def _high_water(seen: dict[Any, PollCursor], spec: MirrorSpec) -> dt.datetime:
    found = seen[spec.name].high_water
    assert found is not None  # noqa: S101 - the query leaves out those without
    return found


def look_at_the_newest(
    spec: MirrorSpec, client: OdooClient, *, newer_than: dt.datetime | None
) -> Look:
    """Ask Odoo for the newest records that we know of a mirror."""
    newer = spec.model.objects.filter(
        odoo_id__isnull=False, deleted_at=None, remote_write_date__isnull=False
    )
    if newer_than is not None:
        newer = newer.filter(remote_write_date__gt=newer_than + CLOCK)
    newest = newer.order_by("-remote_write_date").values_list("odoo_id", "remote_write_date")
    ours = dict(newest[:NEWEST])
    if not ours:
        return Look(known_until=None, older=None, gone=False)
    found = pages(client, spec.odoo_model, ["write_date"], domain=with_ids(ours))
    theirs = {row["id"]: from_odoo_datetime(row["write_date"]) for rows in found for row in rows}
    both = [(ours[key], there) for key, there in theirs.items() if there is not None]
    return Look(
        known_until=max((mine for mine, there in both if abs(mine - there) <= CLOCK), default=None),
        older=max((there for mine, there in both if there < mine - CLOCK), default=None),
        gone=len(theirs) < len(ours),
    )
