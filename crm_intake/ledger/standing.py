"""What the events of a number come to: what may be sent to it, as far as its reader has said."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_intake.ledger.kinds import Kind, Purpose

SAID_STOP = "person_said_stop"
BLOCKED = "provider_block"
NO_WRITTEN_CONSENT = "no_written_consent"
ALL = frozenset(Purpose) - {Purpose.NOTICE}


@dataclass(frozen=True, kw_only=True)
class Said:
    """An event of the ledger, or a stop that is not in it yet.

    ``counts_from`` is by our own clock: when it came to us. ``purpose`` is empty where it is about
    all texts.
    """

    kind: Kind
    counts_from: dt.datetime
    purpose: Purpose | None = None
    place: int = 0


@dataclass
class Standing:
    """What holds now. ``stopped`` are the purposes for which somebody took consent back."""

    stopped: set[Purpose] = field(default_factory=set)
    granted: set[Purpose] = field(default_factory=set)
    asked: set[Purpose] = field(default_factory=set)
    blocked: bool = False

    def refuses(self, purpose: Purpose) -> str:
        """Return the rule by which nothing may be sent; an empty text when none.

        To sell needs consent in writing. An answer, and what the reader waits for, do not.
        """
        if self.blocked:
            return BLOCKED
        if purpose in self.stopped:
            return SAID_STOP
        if purpose is Purpose.MARKETING and purpose not in self.granted:
            return NO_WRITTEN_CONSENT
        return ""


def standing(events: Iterable[Said]) -> Standing:
    """Fold the events, in the order in which they came to us."""
    now = Standing()
    for event in sorted(events, key=lambda said: (said.counts_from, said.place)):
        _fold(now, event)
    return now


def _fold(now: Standing, event: Said) -> None:
    about = {event.purpose} if event.purpose else set(ALL)
    match event.kind:
        case Kind.REVOKED:
            now.stopped |= about
            now.granted -= about
            now.asked -= about
        case Kind.RESTART_ASKED:
            # Asking to start again is no consent in writing: what sells stays stopped.
            now.stopped -= {Purpose.REPLY, Purpose.DELIVERY}
            now.blocked = False
        case Kind.GRANTED | Kind.CONFIRMED:
            now.granted |= about
            now.stopped -= about
            now.asked -= about
        case Kind.REQUESTED:
            now.asked |= about
        case Kind.PROVIDER_BLOCK:
            now.blocked = True
        case Kind.PROVIDER_UNBLOCK:
            now.blocked = False
        case _:  # to be erased changes nothing
            pass
