"""One record's whole history with Odoo on a line of time, the oldest first."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from odoo_bridge.commands import COMMANDS
from odoo_bridge.models import (
    Conflict,
    Mirror,
    OutboxEntry,
    Stream,
)
from odoo_bridge.selectors.conflicts import (
    ShownConflict,
    names_of,
    shown_conflict,
)
from odoo_bridge.selectors.outbox import DeskEntry, shown
from odoo_bridge.selectors.stream_records import mirror_of
from portal.audit.models import AuditRow

State = OutboxEntry.State
MOST = 100
DROPPED_BY_HAND, EDITED = "outbox entry dropped", "outbox entry edited"


class Tone(StrEnum):
    """How an event is marked; each has a sign and a colour."""

    INFO = "info"
    FINE = "fine"
    WARN = "warn"
    BAD = "bad"

    @property
    def sign(self) -> str:
        """What marks it for those who do not see the colour."""
        return {Tone.WARN: "▲", Tone.BAD: "✕"}.get(self, "●")


ACTS = {
    "outbox entry retried": ("tried again by a person", Tone.INFO),
    EDITED: ("edited, and tried again", Tone.INFO),
    DROPPED_BY_HAND: ("dropped", Tone.WARN),
    "outbox conflict resolved": ("conflict decided", Tone.FINE),
    "outbox stream paused": ("paused", Tone.WARN),
    "outbox stream goes on": ("goes on", Tone.FINE),
}
TONES = {
    State.DONE: Tone.FINE,
    State.SUPERSEDED: Tone.INFO,
    State.DROPPED: Tone.WARN,
    State.UNKNOWN: Tone.WARN,
    State.CONFLICT: Tone.WARN,
    State.PARKED: Tone.BAD,
}


@dataclass(frozen=True)
class Value:
    """One field before and after a person edited it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Event:
    """One thing that happened; ``place`` orders what happened at one moment."""

    at: dt.datetime
    place: int
    what: str
    tone: Tone = Tone.INFO
    about: str = ""
    who: str = ""
    words: str = ""
    step: str = ""
    stands: str = ""
    values: tuple[Value, ...] = ()
    conflict: ShownConflict | None = None


@dataclass(frozen=True)
class History:
    """A stream's events, and how its record's mirror stands; ``cut``: older ones are left out."""

    stream: Stream
    title: str
    events: tuple[Event, ...]
    mirror: Mirror | None
    cut: bool


def history_of(stream: Stream) -> History:
    """Return what happened to a stream's latest hundred entries; eleven queries at most."""
    latest = OutboxEntry.objects.filter(stream=stream).order_by("-seq").values("pk")[:MOST]
    entries = shown(OutboxEntry.objects.filter(pk__in=latest))
    rows = audit_rows(stream, entries)
    mirror = mirror_of(stream)
    events = [
        *(event for one in entries for event in of_entry(one, rows)),
        *of_conflicts(entries),
        *of_acts(rows, entries),
        *of_mirror(mirror),
    ]
    return History(
        stream=stream,
        title=entries[-1].about if entries else stream.key,
        events=tuple(sorted(events, key=lambda event: (event.at, event.place))),
        mirror=mirror,
        cut=bool(entries) and entries[0].entry.seq > 1,
    )


def of_entry(one: DeskEntry, rows: Sequence[AuditRow]) -> Iterator[Event]:
    """Tell when an entry was promised, last sent, and settled; the latest says how it stands."""
    entry, place = one.entry, 10 * one.entry.seq
    stands = "" if entry.settled_at else str(entry.get_state_display())
    tone = TONES.get(State(entry.state), Tone.INFO)
    yield Event(
        at=entry.created_at,
        place=place,
        what=f"{one.label} was promised",
        who=str(entry.actor or ""),
        stands="" if entry.sent_at else stands,
    )
    if entry.sent_at:
        yield Event(
            at=entry.sent_at,
            place=place + 2,
            what=f"{one.label} was last sent",
            tone=tone if stands else Tone.INFO,
            about=tries_of(entry),
            words=entry.last_error,
            step=entry.failed_step,
            stands=stands,
        )
    by_hand = {row.target_id for row in rows if row.what == DROPPED_BY_HAND}
    if entry.settled_at and str(entry.uuid) not in by_hand:
        yield Event(
            at=entry.settled_at,
            place=place + 6,
            what=f"{one.label}: {str(entry.get_state_display()).lower()}",
            tone=tone,
            words=entry.note,
        )


def tries_of(entry: OutboxEntry) -> str:
    """Say how often it was tried; what an outage cost is not counted."""
    tries = f"{entry.attempts} tries" if entry.attempts > 1 else ""
    deaths = f"{entry.deaths} workers died of it" if entry.deaths else ""
    return ", ".join(filter(None, [tries, deaths]))


def of_conflicts(entries: Sequence[DeskEntry]) -> Iterator[Event]:
    """Tell when each conflict was found, and what was chosen by whom; four queries at most."""
    labels = {one.entry.pk: (one.label, one.entry.seq) for one in entries}
    found = Conflict.objects.filter(entry__in=list(labels)).select_related("resolved_by")
    conflicts = list(found.order_by("pk"))
    names = names_of(conflicts)
    for one in conflicts:
        label, seq = labels[one.entry_id]
        conflict = shown_conflict(one, names)
        yield Event(
            at=one.found_at,
            place=10 * seq + 3,
            what=f"{label}: {conflict.title} was changed here and in Odoo",
            tone=Tone.INFO if one.choice else Tone.WARN,
            conflict=conflict,
        )


def audit_rows(stream: Stream, entries: Sequence[DeskEntry]) -> list[AuditRow]:
    """Return what people did on the desk with these entries, and with the stream; one query."""
    keys = [str(one.entry.uuid) for one in entries]
    acts = Q(target_type=OutboxEntry._meta.label_lower, target_id__in=keys)
    pauses = Q(target_type=Stream._meta.label_lower, target_id=str(stream.pk))
    rows = AuditRow.objects.filter(acts | pauses).select_related("by").order_by("-at", "-pk")
    return list(reversed(rows[: 2 * MOST]))


def of_acts(rows: Iterable[AuditRow], entries: Sequence[DeskEntry]) -> Iterator[Event]:
    """Tell what people did."""
    known = {str(one.entry.uuid): one for one in entries}
    for number, row in enumerate(rows):
        one = known.get(row.target_id)
        place = 10 * one.entry.seq + 4 if one else number
        what, tone = ACTS.get(row.what, (row.what, Tone.INFO))
        yield Event(
            at=row.at,
            place=place,
            what=f"{one.label}: {what}" if one else what.capitalize(),
            tone=tone,
            who=str(row.by or ""),
            words=str(row.new.get("note") or row.new.get("why") or row.old.get("error") or ""),
            values=values_of(row, one),
        )


def values_of(row: AuditRow, one: DeskEntry | None) -> tuple[Value, ...]:
    """Return the fields that a person edited, in the words of the command."""
    if one is None or row.what != EDITED:
        return ()
    fields = COMMANDS[one.entry.command].EDITABLE
    return tuple(
        Value(str(field.label), str(row.old[field.name] or "—"), str(row.new[field.name] or "—"))
        for field in fields
        if field.name in row.new
    )


def of_mirror(mirror: Mirror | None) -> Iterator[Event]:
    """Tell when Odoo last wrote the record, when that was read, and if it is gone there."""
    if mirror is None:
        return
    told = (
        (mirror.remote_write_date, "Last written in Odoo", Tone.INFO),
        (mirror.seen_at, "The copy here last changed", Tone.INFO),
        (mirror.deleted_at, "Seen to be deleted in Odoo", Tone.WARN),
    )
    for place, (at, what, tone) in enumerate(told):
        if at:
            yield Event(at=at, place=10**9 + place, what=what, tone=tone)
