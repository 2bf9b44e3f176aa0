"""All that was said with one person, in one line of time."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from crm_intake.events import Fate
from crm_intake.failures import words_of
from crm_intake.gate.decision import reason_of
from crm_intake.models import Attachment, Call, Message, Note, OutgoingText, Person
from crm_intake.selectors.talk_needs import doubted_since
from portal.core.phone import for_people

State = OutgoingText.State
MOST = 50


class Side(StrEnum):
    """Where an entry stands."""

    THEIRS = "theirs"
    OURS = "ours"
    NOTE = "note"


class Tone(StrEnum):
    """How a state is marked."""

    PLAIN = ""
    FINE = "fine"
    WARN = "warn"
    BAD = "bad"


class Place(NamedTuple):
    """Where an entry stands: what was said in the same moment goes by its kind, then its key.

    With no kind it is the moment itself, before all that was said then.
    """

    at: dt.datetime
    kind: str = ""
    pk: int = 0

    def before(self, kind: str, moment: str) -> Q:
        """Return the condition for what of a kind stands before this.

        :param moment: the name of the column that says when.
        """
        earlier = Q(**{f"{moment}__lt": self.at})
        if kind > self.kind:
            return earlier
        same = Q(**{moment: self.at})
        return earlier | (same & Q(pk__lt=self.pk) if kind == self.kind else same)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that was said. ``state`` is what became of it, ``why`` in plain words.

    ``number`` is theirs, where they wrote or called. ``waits`` and ``doubtful`` are the key of a
    text of ours that can be taken back, or about which somebody must decide.
    """

    key: str
    at: dt.datetime
    side: Side
    text: str = ""
    number: str = ""
    label: StrOrPromise = ""
    who: str = ""
    state: StrOrPromise = ""
    tone: Tone = Tone.PLAIN
    why: StrOrPromise = ""
    until: dt.datetime | None = None
    seconds: int | None = None
    summary: str = ""
    transcript: str = ""
    attachments: tuple[Attachment, ...] = ()
    segments: int = 1
    cost: Decimal | None = None
    currency: str = ""
    waits: int | None = None
    doubtful: int | None = None

    @property
    def place(self) -> "Place":
        """Where it stands among all, in one order."""
        kind, _dash, pk = self.key.partition("-")
        return Place(self.at, kind, int(pk))

    @property
    def minutes(self) -> int:
        """How long they talked, at least one."""
        return max(1, round((self.seconds or 0) / 60))

    @property
    def shown_number(self) -> str:
        """The number as people write it."""
        return for_people(self.number)


TONES = {
    State.DELIVERED: Tone.FINE,
    State.HELD: Tone.WARN,
    State.UNKNOWN: Tone.WARN,
    State.FAILED: Tone.BAD,
    State.REFUSED: Tone.BAD,
}
FATES = {
    Fate.SENT: (_("Sent"), Tone.PLAIN),
    Fate.DELIVERED: (_("Delivered"), Tone.FINE),
    Fate.FAILED: (_("Failed"), Tone.BAD),
}


def thread_of(person: Person, *, before: Place | None = None) -> tuple[list[Entry], bool]:
    """Return the latest of it in their order, and whether there is more before; six queries.

    :param before: of what stands before this.
    """

    def earlier(kind: str, moment: str) -> Q:
        return before.before(kind, moment) if before else Q()

    messages = list(
        Message.objects.filter(earlier("message", "occurred_at"), person=person)
        .prefetch_related("attachments")
        .order_by("-occurred_at", "-pk")[: MOST + 1]
    )
    calls = list(
        Call.objects.filter(earlier("call", "occurred_at"), person=person)
        .prefetch_related("attachments")
        .order_by("-occurred_at", "-pk")[: MOST + 1]
    )
    texts = list(
        OutgoingText.objects.filter(earlier("text", "created_at"), person=person)
        .select_related("wanted_by")
        .order_by("-created_at", "-pk")[: MOST + 1]
    )
    notes = Note.objects.filter(earlier("note", "written_at"), person=person).select_related(
        "written_by"
    )
    entries = sorted(
        [
            *_of_messages(messages, texts),
            *map(_of_call, calls),
            *map(_of_text, texts),
            *map(_of_note, notes.order_by("-written_at", "-pk")[: MOST + 1]),
        ],
        key=lambda entry: entry.place,
    )
    return entries[-MOST:], len(entries) > MOST


def _of_messages(messages: list[Message], texts: list[OutgoingText]) -> Iterator[Entry]:
    """Leave out what we sent from here: it has an entry that knows more."""
    ours = {(one.provider, f"message:{one.provider_id}") for one in texts if one.provider_id}
    for one in messages:
        if one.direction == Message.Direction.IN:
            yield Entry(
                key=f"message-{one.pk}",
                at=one.occurred_at,
                side=Side.THEIRS,
                text=one.text,
                number=one.sender,
                state=_("said stop") if one.is_stop else "",
                tone=Tone.BAD,
                attachments=tuple(one.attachments.all()),
            )
        elif (one.provider, one.event_key) not in ours:
            state, tone = FATES[Fate(one.fate)]
            yield Entry(
                key=f"message-{one.pk}",
                at=one.occurred_at,
                side=Side.OURS,
                text=one.text,
                label=_("Sent at the provider"),
                state=state,
                tone=tone,
                why=words_of(one.failure_code) if one.failure_code else "",
                attachments=tuple(one.attachments.all()),
            )


def _of_call(call: Call) -> Entry:
    if call.missed:
        label, tone = _("Missed call"), Tone.BAD
    else:
        label = _("We called") if call.outgoing else _("They called")
        tone = Tone.PLAIN
    return Entry(
        key=f"call-{call.pk}",
        at=call.occurred_at,
        side=Side.OURS if call.outgoing else Side.THEIRS,
        label=label,
        tone=tone,
        text=call.voicemail_text,
        number="" if call.outgoing else call.caller,
        seconds=call.seconds,
        summary=call.summary,
        transcript=call.transcript,
        attachments=tuple(call.attachments.all()),
    )


def _of_text(text: OutgoingText) -> Entry:
    state = State(text.state)
    why: StrOrPromise = ""
    if text.rule:
        why = reason_of(text.rule)
    elif text.failure:
        why = words_of(text.failure)
    return Entry(
        key=f"text-{text.pk}",
        at=text.created_at,
        side=Side.OURS,
        text=text.text,
        who=text.wanted_by.name if text.wanted_by else "",
        state=state.label,
        tone=TONES.get(state, Tone.PLAIN),
        why=why,
        until=text.not_before if state == State.HELD else None,
        segments=text.segments,
        cost=text.whole_price,
        currency=text.currency,
        waits=text.pk if state in OutgoingText.WAITING else None,
        doubtful=text.pk if is_doubtful(text) else None,
    )


def is_doubtful(text: OutgoingText) -> bool:
    """Whether nobody could find out for a while what became of it."""
    since = text.handed_over_at
    return text.state == State.UNKNOWN and since is not None and since < doubted_since()


def _of_note(note: Note) -> Entry:
    return Entry(
        key=f"note-{note.pk}",
        at=note.written_at,
        side=Side.NOTE,
        text=note.text,
        label=_("Note"),
        who=note.written_by.name,
    )
