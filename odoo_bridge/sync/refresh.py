"""Read again the records of which somebody says that they have changed.

Whoever says so is not believed: a hint costs one look, and the look alone counts. So hints may be
lost, doubled, late or forged. A record that is not found is looked for once more before it is taken
for deleted; how long that waits goes by the database's clock, since the worker that takes the
second look may have another one than that of the first.
"""

import datetime as dt
from collections.abc import Iterable, Sequence, Set

import structlog
from django.db.models import Q
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import (
    Kind,
    OdooClient,
    OdooError,
    OdooForbidden,
    OdooUnavailable,
    pages,
)
from odoo_bridge.models import PollCursor
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.dirt import Claimed, claim, forget, look_again, postpone
from odoo_bridge.sync.drift import NOT_UNDERSTOOD
from odoo_bridge.sync.hearing import note_heard
from odoo_bridge.sync.listeners import LISTENERS, Listener
from odoo_bridge.sync.tombstones import bury
from odoo_bridge.sync.upsert import upsert
from portal.core import clock

log = structlog.get_logger(__name__)
SECOND_LOOK = dt.timedelta(seconds=5)
YOUNG = dt.timedelta(minutes=2)  # Odoo may read from a copy that lags, and lacks what is new
SECOND_LOOK_AT_THE_YOUNG = dt.timedelta(minutes=1)
AFTER_REFUSAL = dt.timedelta(minutes=1)
ROUNDS = 20
LONGEST = 2000
MOST_READS = 64  # to tell what is hidden from what is gone; the rest is looked at next time


def refresh_dirty(client: OdooClient) -> int:
    """Read what is dirty and due, in batches; return how many records were looked at."""
    looked = 0
    for _ in range(ROUNDS):
        if breaker.is_open():  # a probe is for those whose work nobody else would do
            return looked
        due = claim(clock.database_now())
        if not due:
            return looked
        for odoo_model, claimed in due.items():
            looked += len(claimed)
            if not serve(client, odoo_model, claimed):
                return looked
    return looked


def serve(client: OdooClient, odoo_model: str, claimed: Sequence[Claimed]) -> bool:
    """Read one model's records in all mirrors that show them; return whether Odoo answered."""
    now = clock.database_now()
    absent: set[int] = set()
    try:
        for listener in LISTENERS.get(odoo_model, ()):
            missing = read(client, listener, claimed)
            if listener.spec.odoo_model == odoo_model:
                absent |= missing
            second_look(listener.spec, missing, now)
    except OdooUnavailable as error:
        breaker.note_failure(error, timezone.now())
        postpone(claimed, now + SECOND_LOOK)
        return False
    except OdooError as error:  # the poll says so on the desk
        log.warning("refresh_refused", odoo_model=odoo_model, error=str(error))
        postpone(claimed, now + AFTER_REFUSAL)
        return True
    except NOT_UNDERSTOOD:  # the poll says that, too; other models are served all the same
        log.exception("hinted_row_not_understood", odoo_model=odoo_model)
        postpone(claimed, now + AFTER_REFUSAL)
        return True
    breaker.note_answer(timezone.now())
    note_heard(odoo_model, claimed, timezone.now())
    forget([one for one in claimed if one.odoo_id not in absent], clock.database_now())
    return True


def read(client: OdooClient, listener: Listener, claimed: Sequence[Claimed]) -> set[int]:
    """Store what is found of one mirror's records; return those to be looked for once more."""
    spec, asked = listener.spec, [one.odoo_id for one in claimed]
    read_at = timezone.now()
    found: set[int] = set()
    domain = [*spec.domain, [listener.path, "in", asked]]
    for rows in pages(client, spec.odoo_model, spec.odoo_fields, domain=domain):
        upsert(spec, rows, read_at=read_at)
        found.update(row["id"] for row in rows)
    absent = living(spec, listener.stored, asked) - found
    believed = {one.odoo_id for one in claimed if one.absences} if listener.path == "id" else set()
    if absent & believed:
        bury(spec, proven_gone(client, spec, absent & believed))
    return absent - believed


def second_look(spec: MirrorSpec, absent: Set[int], now: dt.datetime) -> None:
    """Note that these were not found, and when to look for them once more.

    What Odoo has only acknowledged, and no reading has shown yet, is as young as can be.
    """
    late = Q(remote_write_date__gt=now - YOUNG) | Q(remote_write_date=None)
    ours = spec.model.objects.filter(late, odoo_id__in=absent)
    young = set(ours.values_list("odoo_id", flat=True))
    look_again(spec.odoo_model, absent - young, at=now + SECOND_LOOK, absences=1)
    look_again(spec.odoo_model, young, at=now + SECOND_LOOK_AT_THE_YOUNG, absences=1)


def proven_gone(client: OdooClient, spec: MirrorSpec, absent: Set[int]) -> Set[int]:
    """Return which of these do not exist any more, rather than being hidden from the bot.

    A search passes over what a rule hides; a read of it is refused, and one of what is gone is not.
    """
    gone: set[int] = set()
    hidden: set[int] = set()
    groups, reason = [sorted(absent)], ""
    for _ in range(MOST_READS):
        if not groups:
            break
        group = groups.pop()
        refused = why_refused(client, spec, group)
        if refused is None:
            gone.update(group)
        elif len(group) == 1:
            hidden.update(group)
            reason = refused
        else:  # one that is hidden must not keep the others from being buried
            middle = len(group) // 2
            groups += [group[:middle], group[middle:]]
    if hidden:
        trouble = f"The bot may not see {len(hidden)} records that it saw before: {reason}"
        PollCursor.objects.filter(mirror=spec.name).update(trouble=trouble[:LONGEST])
        log.warning("records_hidden", mirror=spec.name, number=len(hidden))
    return gone


def why_refused(client: OdooClient, spec: MirrorSpec, ids: Sequence[int]) -> str | None:
    """Return why Odoo does not let us read these; ``None`` when it does."""
    try:
        client.call(spec.odoo_model, "read", kind=Kind.READ_RECORDS, ids=list(ids), fields=["id"])
    except OdooForbidden as error:
        return error.reason
    return None


def living(spec: MirrorSpec, column: str, values: Iterable[int]) -> set[int]:
    """Return the ids of the mirror's records, by a column, that are not known to be deleted."""
    found = spec.model.objects.filter(**{f"{column}__in": list(values)}, deleted_at=None)
    return set(found.exclude(odoo_id=None).values_list("odoo_id", flat=True))
