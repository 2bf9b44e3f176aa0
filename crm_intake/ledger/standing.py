"""What the events of a number come to: what may be sent to it, as far as its reader has said."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_intake.ledger.kinds import Kind, Purpose

SAID_STOP = "person_said_stop"
BLOCKED = "provider_block"
NO_WRITTEN_CONSENT = "no_written_consent"
ALL = frozenset(Purpose) - {Purpose.NOTICE, Purpose.QUESTION}
TALK = frozenset({Purpose.REPLY, Purpose.DELIVERY, Purpose.CODE})


@dataclass(frozen=True, kw_only=True)
class Said:
    """An event of the ledger, or a stop that is not in it yet.

    ``counts_from`` is by our own clock: when it came to us. ``purpose`` is empty where it is about
    all texts, ``category`` where it is about each. ``imported``: it was told to another program,
    before.
    """

    kind: Kind
    counts_from: dt.datetime
    purpose: Purpose | None = None
    category: str = ""
    place: int = 0
    imported: bool = False


@dataclass
class Standing:
    """What holds now. ``stopped`` are the purposes for which somebody took consent back.

    ``once_stopped`` are those for which somebody ever did; ``by_another`` those of the stopped
    that were stopped from another number of the same person; ``stopped_at`` and ``agreed_at`` are
    when each was last stopped, and allowed again. ``granted_for`` is when a category of a purpose
    was allowed alone; a stop has no category, it ends the purpose (``docs/consent.md``).
    """

    stopped: set[Purpose] = field(default_factory=set)
    once_stopped: set[Purpose] = field(default_factory=set)
    by_another: set[Purpose] = field(default_factory=set)
    stopped_at: dict[Purpose, dt.datetime] = field(default_factory=dict)
    agreed_at: dict[Purpose, dt.datetime] = field(default_factory=dict)
    granted: set[Purpose] = field(default_factory=set)
    granted_for: dict[tuple[Purpose, str], dt.datetime] = field(default_factory=dict)
    asked: set[Purpose] = field(default_factory=set)
    blocked: bool = False

    def refuses(self, purpose: Purpose, category: str = "") -> str:
        """Return the rule by which nothing may be sent; an empty text when none.

        To sell needs consent in writing. An answer, a code, and what the reader waits for, do not.

        :param category: of the text; empty when nobody has said.
        """
        if self.blocked:
            return BLOCKED
        asked = Purpose.REPLY if purpose is Purpose.QUESTION else purpose
        if asked in self.stopped and (asked, category) not in self.granted_for:
            return SAID_STOP
        if purpose is Purpose.MARKETING and not self.allows(purpose, category):
            return NO_WRITTEN_CONSENT
        return ""

    def allows(self, purpose: Purpose, category: str = "") -> bool:
        """Say whether somebody agreed to such texts, to all of the purpose or to the category."""
        return purpose in self.granted or (purpose, category) in self.granted_for

    def heed(self, other: "Standing") -> None:
        """Take over what was stopped from another number of the person, and not allowed since."""
        for purpose in other.stopped - other.by_another:
            self.forget_categories({purpose}, before=other.stopped_at[purpose])
            agreed = self.agreed_at.get(purpose)
            if purpose not in self.stopped and (
                agreed is None or agreed < other.stopped_at[purpose]
            ):
                self.by_another.add(purpose)
                self.stopped.add(purpose)
                self.granted.discard(purpose)

    def forget_categories(self, purposes: set[Purpose], *, before: dt.datetime) -> None:
        """Take back what was allowed of single categories until then."""
        self.granted_for = {
            scope: agreed
            for scope, agreed in self.granted_for.items()
            if scope[0] not in purposes or agreed > before
        }


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
            now.once_stopped |= about
            now.granted -= about
            now.asked -= about
            now.stopped_at |= dict.fromkeys(about, event.counts_from)
            now.forget_categories(about, before=event.counts_from)
        case Kind.RESTART_ASKED:
            # Asking to start again is no consent in writing: what sells stays stopped.
            now.stopped -= TALK
            now.agreed_at |= dict.fromkeys(TALK, event.counts_from)
            now.blocked = False
        case Kind.GRANTED | Kind.CONFIRMED:
            _agree(now, event, about)
        case Kind.REQUESTED:
            now.asked |= about
        case Kind.PROVIDER_BLOCK:
            now.blocked = True
        case Kind.PROVIDER_UNBLOCK:
            now.blocked = False
        case _:  # to be erased changes nothing
            pass


def _agree(now: Standing, event: Said, about: set[Purpose]) -> None:
    if event.imported:
        # Nobody knows here what came after it: it lifts no stop, whichever was first.
        about = about - now.once_stopped
    if event.category:
        # It is no consent to another category, and lifts no stop but for its own.
        now.granted_for |= {(one, event.category): event.counts_from for one in about}
        return
    now.granted |= about
    if not event.imported:
        now.stopped -= about
        now.asked -= about
        now.agreed_at |= dict.fromkeys(about, event.counts_from)
