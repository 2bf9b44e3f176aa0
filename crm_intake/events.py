"""What a provider told us, whoever the provider is."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class IncomingText:
    """Somebody wrote to the business. ``sender`` is as the provider gave it, perhaps no number.

    ``key`` names the text itself: two subscriptions, or two generations of webhooks, that tell of
    one text tell the same key. ``occurred_at`` is empty when the provider did not say.
    """

    key: str
    sender: str
    recipient: str
    text: str
    occurred_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class CallNews:
    """Something about a call; several tell of one, in any order. An empty field says nothing."""

    key: str
    caller: str
    callee: str
    missed: bool
    voicemail_url: str
    occurred_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class OtherEvent:
    """Kept and shown, and of no effect yet."""

    kind: str


Event = IncomingText | CallNews | OtherEvent
