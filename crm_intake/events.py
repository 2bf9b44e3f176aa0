"""What a source told us, whoever the source is."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class MediaLink:
    """Something that came along, at the source's address; ``content_type`` as told."""

    url: str
    content_type: str = ""


class Asked(StrEnum):
    """What the source itself has understood, acted on and answered."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


@dataclass(frozen=True, kw_only=True)
class IncomingText:
    """Somebody wrote to the business. ``sender`` is as the source gave it, perhaps no number.

    ``key`` names the text itself: two subscriptions, or two generations of webhooks, that tell of
    one text tell the same key. ``occurred_at`` is empty when the source did not say.
    """

    key: str
    sender: str
    recipient: str
    text: str
    occurred_at: dt.datetime | None
    media: tuple[MediaLink, ...] = ()
    asked: Asked | None = None


class Fate(StrEnum):
    """What became of a text that the business sent."""

    SENT = "SENT"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


@dataclass(frozen=True, kw_only=True)
class SentText:
    """Something about a text of the business, sent from here or by hand at the source.

    ``code`` is the source's own for why it failed.
    """

    key: str
    sender: str
    recipient: str
    text: str
    fate: Fate
    code: str = ""
    occurred_at: dt.datetime | None
    media: tuple[MediaLink, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CallNews:
    """Something about a call; several tell of one, in any order. An empty field says nothing."""

    key: str
    outgoing: bool = False
    caller: str = ""
    callee: str = ""
    missed: bool = False
    answered_at: dt.datetime | None = None
    seconds: int | None = None
    voicemail_url: str = ""
    voicemail_text: str = ""
    recordings: tuple[MediaLink, ...] = ()
    summary: str = ""
    transcript: str = ""
    occurred_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ContactNews:
    """Somebody is known at the source by this name and these numbers, as given."""

    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OtherEvent:
    """Kept and shown, and of no effect yet."""

    kind: str


Event = IncomingText | SentText | CallNews | ContactNews | OtherEvent
