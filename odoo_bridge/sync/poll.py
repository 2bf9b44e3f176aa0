"""Read what changed in Odoo, without missing anything.

Odoo's ``write_date`` is the time at which a transaction began, seen when it commits. So a scan
starts well before the last time seen: by more than the longest transaction of a user, and now and
then by more than the longest batch job. It ends at the last time that Odoo knows of when it starts,
pages by id inside this window, and what changes meanwhile is in the next window. A transaction
longer than the wide overlap would be missed here.
"""

import datetime as dt
import math
import time
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from odoo_bridge.client import Domain, OdooClient, any_of, fingerprint, odoo_datetime, pages
from odoo_bridge.client.paging import PAGE
from odoo_bridge.models import PollCursor
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.hearing import note_missed
from odoo_bridge.sync.pace import FAST_PAGE, ahead, politely, timed
from odoo_bridge.sync.upsert import Row, upsert
from portal.core.deadlocks import begins_anew
from portal.setup.selectors.profile import business_zone

OVERLAP = dt.timedelta(minutes=3)  # > limit_time_real, 120 s: the longest request of a user
WIDE_OVERLAP = dt.timedelta(minutes=45)  # > the longest batch job
WIDE_EVERY = dt.timedelta(minutes=15)
SETTLING = dt.timedelta(minutes=1)  # > one scan
NIGHT = dt.time(hour=3)
STORING = dt.timedelta(seconds=15)  # > the storing of what one read brings
OnPage = Callable[[int], None]
ONE_SECOND = dt.timedelta(seconds=1)
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class LeaseLost(Exception):
    """Somebody else reads this mirror now: what this reader has must not be stored."""


def poll(
    spec: MirrorSpec,
    client: OdooClient,
    *,
    on_page: OnPage = lambda _rows: None,
    for_at_most: float = math.inf,
    fast: bool = False,
) -> int | None:
    """Bring one mirror up to date; return how many records changed.

    While somebody else is reading it Odoo is not asked, and the answer is ``None``. A scan that was
    cut off goes on where the last page was stored. ``on_page`` hears how many rows each page had.
    After ``for_at_most`` seconds the rest is left to the next call. ``fast`` leaves Odoo no time
    for its people.

    :raises OdooError: what was stored so far stands.
    """
    cursor = lease(spec.name, now=timezone.now())
    if cursor is None:
        return None
    try:
        if cursor.scan_until is None:
            begin(cursor, spec, client)
        return scan(cursor, spec, client, on_page, until=time.monotonic() + for_at_most, fast=fast)
    except LeaseLost:
        return 0
    finally:
        save(cursor, leased_until=None)


def lease(mirror: str, *, now: dt.datetime) -> PollCursor | None:
    """Take the mirror for this reader, or return ``None`` while another one has it."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    cursor = PollCursor.objects.filter(free, mirror=mirror)
    ours = {"leased_until": lease_end(now), "fence": F("fence") + 1}
    taken = cursor.update(**ours)
    if not taken and PollCursor.objects.get_or_create(mirror=mirror)[1]:
        taken = cursor.update(**ours)
    return PollCursor.objects.get(mirror=mirror) if taken else None


def lease_end(now: dt.datetime) -> dt.datetime:
    """Return until when a reader that lives has renewed its lease: after its next read."""
    return now + dt.timedelta(seconds=settings.ODOO_READ_TIMEOUT) + STORING


def begin(cursor: PollCursor, spec: MirrorSpec, client: OdooClient) -> None:
    """Fix the window of a new scan; leave it unset when Odoo has no record at all."""
    latest = last_written_at(spec, client, after_each=lambda: keep(cursor))
    now = timezone.now()
    if latest is None:
        return
    night = latest_night(now)
    whole, wide = is_whole_due(cursor, night), is_wide_due(cursor, now, night)
    cursor.scan_from = BEGINNING
    if cursor.high_water and not whole:
        cursor.scan_from = cursor.high_water - (WIDE_OVERLAP if wide else OVERLAP)
    cursor.scan_until, cursor.scan_last_id = latest + ONE_SECOND, 0
    cursor.wide_scan_at = now if wide else cursor.wide_scan_at
    cursor.whole_scan_at = now if whole else cursor.whole_scan_at
    keep(
        cursor,
        scan_from=cursor.scan_from,
        scan_until=cursor.scan_until,
        scan_last_id=0,
        wide_scan_at=cursor.wide_scan_at,
        whole_scan_at=cursor.whole_scan_at,
    )


def is_unchanged(
    cursor: PollCursor, spec: MirrorSpec, client: OdooClient, *, night: dt.datetime
) -> bool:
    """Say whether another scan would bring nothing new, at the price of one small call to Odoo.

    So it is when the last window was read at a time at which all that began in it was long over,
    and Odoo shows no later time of writing.

    :raises OdooError: Odoo did not say.
    """
    if cursor.finished_at is None or cursor.scan_until is not None:
        return False
    if cursor.high_water is None or cursor.moved_at is None:  # it was empty
        return last_written_at(spec, client) is None
    if is_wide_due(cursor, timezone.now(), night):
        return False
    has_settled = cursor.finished_at > cursor.moved_at + OVERLAP + SETTLING
    return has_settled and last_written_at(spec, client) == cursor.high_water


def is_wide_due(cursor: PollCursor, now: dt.datetime, night: dt.datetime) -> bool:
    """Say whether it is time for a scan that finds what long batch jobs have written."""
    if is_whole_due(cursor, night) or cursor.wide_scan_at is None:
        return True
    return cursor.wide_scan_at < now - WIDE_EVERY


def is_whole_due(cursor: PollCursor, night: dt.datetime) -> bool:
    """Say whether everything is to be read: at first, and each night."""
    if cursor.high_water is None or cursor.whole_scan_at is None:
        return True
    return cursor.whole_scan_at < night


def latest_night(now: dt.datetime) -> dt.datetime:
    """Return when the latest night's reading was due, by the clock of the business.

    Each night everything is read: what Odoo changes past its own records shows by the morning.
    """
    here = timezone.localtime(now, business_zone())
    night = here.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
    return night if night <= here else night - dt.timedelta(days=1)


def scan(
    cursor: PollCursor,
    spec: MirrorSpec,
    client: OdooClient,
    on_page: OnPage = lambda _rows: None,
    *,
    until: float = math.inf,
    fast: bool = False,
) -> int:
    """Read and store the pages of the window, each with the place to go on from.

    After ``until``, a moment of the monotonic clock, the rest is left to the next call.
    """
    changed = 0
    if cursor.scan_from and cursor.scan_until:
        window = written_in(spec, cursor.scan_from, cursor.scan_until)
        domain = spec.domain + window
        found = pages(
            client,
            spec.odoo_model,
            spec.odoo_fields,
            domain=domain,
            after=cursor.scan_last_id,
            limit=FAST_PAGE if fast else PAGE,
        )
        for rows, read_at in ahead(timed(found)) if fast else politely(timed(found)):
            changed += store_page(cursor, spec, rows, read_at)
            on_page(len(rows))
            if time.monotonic() > until:
                return changed
        covered = cursor.scan_until - ONE_SECOND
        if cursor.high_water is None or covered > cursor.high_water:
            cursor.high_water, cursor.moved_at = covered, timezone.now()
    keep(
        cursor,
        high_water=cursor.high_water,
        moved_at=cursor.moved_at,
        scan_from=None,
        scan_until=None,
        scan_last_id=0,
        finished_at=timezone.now(),
        trouble="",
    )
    return changed


@begins_anew
def store_page(
    cursor: PollCursor, spec: MirrorSpec, rows: Sequence[Row], read_at: dt.datetime
) -> int:
    """Store a page with the place to go on from; return how many records changed."""
    stored = upsert(spec, rows, read_at=read_at)
    note_missed(spec, stored, timezone.now())
    keep(cursor, scan_last_id=rows[-1]["id"])
    return len(stored)


def written_in(spec: MirrorSpec, start: dt.datetime, end: dt.datetime) -> Domain:
    """Records written in the window, themselves or through what they inherit from."""
    paths = ["write_date", *(f"{path}.write_date" for path, _ in spec.inherits)]
    return any_of(
        *([[path, ">=", odoo_datetime(start)], [path, "<", odoo_datetime(end)]] for path in paths)
    )


def last_written_at(
    spec: MirrorSpec, client: OdooClient, *, after_each: Callable[[], None] = lambda: None
) -> dt.datetime | None:
    """The latest time of writing that Odoo shows now, by the clock of its own database."""
    parts = [(spec.odoo_model, spec.domain), *((model, []) for _, model in spec.inherits)]
    seen = []
    for odoo_model, domain in parts:
        seen.append(fingerprint(client, odoo_model, domain).last_written_at)
        after_each()
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
