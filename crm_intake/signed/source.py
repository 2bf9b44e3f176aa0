"""A plain source: JSON, signed with HMAC-SHA256.

``X-Signature: sha256=<hex>`` is over ``<X-Timestamp>.<raw body>``, the stamp in unix seconds;
``X-Delivery-Id`` tells deliveries apart. The body is ``{"type": "text", "id": …, "from": …,
"to": …, "text": …, "at": …}`` or ``{"type": "call", …, "missed": true, "seconds": …}``; anything
else is kept and shown.
"""

import datetime as dt
import json
from typing import Any

from django.conf import settings

from crm_intake.errors import NotUnderstood
from crm_intake.events import CallNews, Event, IncomingText, OtherEvent
from crm_intake.signatures import is_signed
from crm_intake.source import Post, Source, Verdict, Written, delivery_id
from crm_intake.values import clean, first, moment, name_of, seconds

WINDOW = dt.timedelta(minutes=5)
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def judge(post: Post) -> Verdict:
    """Judge a post; one with an old stamp is late and not refused, as from every source."""
    given, stamp = post.headers.get("X-Signature", ""), post.headers.get("X-Timestamp", "")
    if not given:
        return Verdict("no signature")
    if not settings.SIGNED_WEBHOOK_SECRET:
        return Verdict("no key for this scheme")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 11):
        return Verdict("unreadable timestamp")
    if not is_signed(f"{stamp}.".encode() + post.body, given, settings.SIGNED_WEBHOOK_SECRET):
        return Verdict("wrong signature")
    signed_at = dt.datetime.fromtimestamp(int(stamp), dt.UTC)
    return Verdict(
        delivery_id=delivery_id(post.headers.get("X-Delivery-Id"), post.body),
        late=abs(post.at - signed_at) > WINDOW,
    )


def normalise(body: bytes, _about: str) -> Event:
    """Return what the body tells.

    :raises NotUnderstood: it is not of the shape above.
    """
    try:
        told = json.loads(body)
        kind = clean(told["type"])
        if kind == "text":
            return _text(told)
        return _call(told) if kind == "call" else OtherEvent(kind=kind[:80])
    except UNREADABLE as exc:
        raise NotUnderstood("It is not of the shape that such posts have.") from exc


def written(body: bytes, _about: str) -> Written | None:
    """Return who wrote what, if it is a text."""
    try:
        told = json.loads(body)
        if told["type"] != "text":
            return None
        return Written(sender=first(told.get("from")), text=clean(told.get("text")))
    except UNREADABLE:
        return None


def _text(told: dict[str, Any]) -> Event:
    return IncomingText(
        key=f"message:{name_of(told['id'])}",
        sender=first(told.get("from")),
        recipient=first(told.get("to")),
        text=clean(told.get("text")),
        occurred_at=moment(told.get("at")),
    )


def _call(told: dict[str, Any]) -> Event:
    return CallNews(
        key=f"call:{name_of(told['id'])}",
        caller=first(told.get("from")),
        callee=first(told.get("to")),
        missed=told.get("missed") is True,
        seconds=seconds(told.get("seconds")),
        occurred_at=moment(told.get("at")),
    )


SOURCE = Source(
    name="signed",
    label="Signed posts",
    advice="Set SIGNED_WEBHOOK_SECRET.",
    is_set=lambda: bool(settings.SIGNED_WEBHOOK_SECRET),
    check=judge,
    normalise=normalise,
    written=written,
)
