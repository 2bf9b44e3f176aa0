"""Read what changed in Odoo, without missing anything.

Odoo's ``write_date`` is the time at which a transaction began, seen when it commits. So a scan
starts well before the last time seen: by more than the longest transaction of a user, and now and
then by more than the longest batch job. It ends at the last time that Odoo knows of when it starts,
pages by id inside this window, and what changes meanwhile is in the next window. A transaction
longer than the wide overlap would be missed here.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from odoo_bridge.client import Domain, OdooClient, any_of, fingerprint, odoo_datetime, pages
from odoo_bridge.models import PollCursor
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.upsert import upsert

OVERLAP = dt.timedelta(minutes=3)  # > limit_time_real, 120 s: the longest request of a user
WIDE_OVERLAP = dt.timedelta(minutes=45)  # > the longest batch job
WIDE_EVERY = dt.timedelta(minutes=15)
STORING = dt.timedelta(seconds=15)  # > the storing of what one read brings
ONE_SECOND = dt.timedelta(seconds=1)
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class LeaseLost(Exception):
    """Somebody else reads this mirror now: what this reader has must not be stored."""


def poll(spec: MirrorSpec, client: OdooClient) -> int | None:
    """Bring one mirror up to date; return how many records changed.

    While somebody else is reading it Odoo is not asked, and the answer is ``None``. A scan that was
    cut off goes on where the last page was stored.

    :raises OdooError: what was stored so far stands.
    """
    cursor = lease(spec.name, now=timezone.now())
    if cursor is None:
        return None
    try:
        if cursor.scan_until is None:
            begin(cursor, spec, client)
        return scan(cursor, spec, client)
    except LeaseLost:
        return 0
    finally:
        save(cursor, leased_until=None)


def lease(mirror: str, *, now: dt.datetime) -> PollCursor | None:
    """Take the mirror for this reader, or return ``None`` while another one has it."""
    PollCursor.objects.get_or_create(mirror=mirror)
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    taken = PollCursor.objects.filter(free, mirror=mirror).update(
        leased_until=lease_end(now), fence=F("fence") + 1
    )
    return PollCursor.objects.get(mirror=mirror) if taken else None


def lease_end(now: dt.datetime) -> dt.datetime:
    """Return until when a reader that lives has renewed its lease: after its next read."""
    return now + dt.timedelta(seconds=settings.ODOO_READ_TIMEOUT) + STORING


def begin(cursor: PollCursor, spec: MirrorSpec, client: OdooClient) -> None:
    """Fix the window of a new scan; leave it unset when Odoo has no record at all."""
    latest = last_written_at(cursor, spec, client)
    if latest is None:
        return
    now = timezone.now()
    wide = cursor.wide_scan_at is None or cursor.wide_scan_at < now - WIDE_EVERY
    overlap = WIDE_OVERLAP if wide else OVERLAP
    start = cursor.high_water - overlap if cursor.high_water else BEGINNING
    cursor.wide_scan_at = now if wide else cursor.wide_scan_at
    cursor.scan_from, cursor.scan_until, cursor.scan_last_id = start, latest + ONE_SECOND, 0
    keep(
        cursor,
        scan_from=cursor.scan_from,
        scan_until=cursor.scan_until,
        scan_last_id=0,
        wide_scan_at=cursor.wide_scan_at,
    )


def scan(cursor: PollCursor, spec: MirrorSpec, client: OdooClient) -> int:
    """Read and store the pages of the window, each with the place to go on from."""
    changed = 0
    if cursor.scan_from and cursor.scan_until:
        window = written_in(spec, cursor.scan_from, cursor.scan_until)
        domain = spec.domain + window
        for rows in pages(
            client, spec.odoo_model, spec.odoo_fields, domain=domain, after=cursor.scan_last_id
        ):
            with transaction.atomic():
                changed += len(upsert(spec, rows))
                keep(cursor, scan_last_id=rows[-1]["id"])
        cursor.high_water = max(cursor.high_water or BEGINNING, cursor.scan_until - ONE_SECOND)
    keep(
        cursor,
        high_water=cursor.high_water,
        scan_from=None,
        scan_until=None,
        scan_last_id=0,
        finished_at=timezone.now(),
        trouble="",
    )
    return changed


def written_in(spec: MirrorSpec, start: dt.datetime, end: dt.datetime) -> Domain:
    """Records written in the window, themselves or through what they inherit from."""
    paths = ["write_date", *(f"{path}.write_date" for path, _ in spec.inherits)]
    return any_of(
        *([[path, ">=", odoo_datetime(start)], [path, "<", odoo_datetime(end)]] for path in paths)
    )


def last_written_at(cursor: PollCursor, spec: MirrorSpec, client: OdooClient) -> dt.datetime | None:
    """The latest time of writing that Odoo shows now, by the clock of its own database."""
    parts = [(spec.odoo_model, spec.domain), *((model, []) for _, model in spec.inherits)]
    seen = []
    for odoo_model, domain in parts:
        seen.append(fingerprint(client, odoo_model, domain).last_written_at)
        keep(cursor)
    return max(filter(None, seen), default=None)


def keep(cursor: PollCursor, **values: object) -> None:
    """Renew the lease and store the state of the scan, unless somebody else has the mirror.

    :raises LeaseLost: somebody has.
    """
    if not save(cursor, leased_until=lease_end(timezone.now()), **values):
        raise LeaseLost


def save(cursor: PollCursor, **values: object) -> bool:
    """Store the values if this reader still has the lease."""
    return bool(PollCursor.objects.filter(pk=cursor.pk, fence=cursor.fence).update(**values))
