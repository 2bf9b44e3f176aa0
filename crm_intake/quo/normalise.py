"""Quo's payloads in all their shapes, as one internal event.

Shapes: legacy v2/v3 (made in Quo's app), legacy v4 (made over its API), a wrapped variant, and
2026-03-30. Source: Quo's documentation of webhook event payloads and its migration guide.
"""

import datetime as dt
import json
from typing import Any

from crm_intake.errors import NotUnderstood
from crm_intake.events import CallNews, Event, IncomingText, OtherEvent

NOT_MISSED = {"answered", "forwarded", "ai-handled"}


def normalise(body: bytes) -> Event:
    """Return what the body tells.

    :raises NotUnderstood: it is no JSON, or not of a shape that Quo sends.
    """
    try:
        payload = _envelope(body)
        kind, data = payload["type"], payload["data"]
        if kind == "message.received":
            return _text(data)
        if kind in {"call.completed", "call.missed", "call.voicemail.completed"}:
            return _call(kind, data)
        return OtherEvent(kind=_clean(kind))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
        raise NotUnderstood(f"{type(exc).__name__} while reading the body") from exc


def sender_and_text(body: bytes) -> tuple[str, str] | None:
    """Return who wrote what, from as little of a delivery as can be read.

    A stop must not be lost with a field that only the rest of us needs.
    """
    try:
        payload = _envelope(body)
        if payload["type"] != "message.received":
            return None
        record, sender, _ = _parts(payload["data"])
        if record.get("direction") == "outgoing":
            return None
        return _first(sender), _clean(record.get("text") or record.get("body"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _envelope(body: bytes) -> Any:
    payload = json.loads(body)
    return payload["object"] if isinstance(payload.get("object"), dict) else payload


def _parts(data: dict[str, Any]) -> tuple[dict[str, Any], Any, Any]:
    """Return the text's own record, its sender and its recipients."""
    if "resource" in data:
        context = data.get("context") or {}
        sender, recipients = context.get("senderIdentifier"), context.get("recipientIdentifiers")
        return data["resource"], sender, recipients
    record = data["object"]
    return record, record.get("from"), record.get("to")


def _text(data: dict[str, Any]) -> Event:
    record, sender, recipients = _parts(data)
    if record.get("direction") != "incoming":
        return OtherEvent(kind="message.received, outgoing")
    return IncomingText(
        key=f"message:{_id(record['id'])}",
        sender=_first(sender),
        recipient=_first(recipients),
        text=_clean(record.get("text") or record.get("body")),
        occurred_at=_moment(record.get("createdAt")),
    )


def _call(kind: str, data: dict[str, Any]) -> Event:
    record = data.get("resource") or data["object"]
    if kind != "call.missed" and record.get("direction") != "incoming":
        return OtherEvent(kind=f"{kind}, outgoing")
    caller, callee = _parties(record, data.get("context") or {})
    return CallNews(
        key=f"call:{_id(record.get('callId') or record['id'])}",
        caller=caller,
        callee=callee,
        missed=_missed(kind, record),
        voicemail_url=_voicemail(record),
        occurred_at=_moment(record.get("createdAt")),
    )


def _missed(kind: str, record: dict[str, Any]) -> bool:
    if kind == "call.missed":
        return True
    if kind != "call.completed":
        return False
    return not record.get("answeredAt") and record.get("status") not in NOT_MISSED


def _parties(record: dict[str, Any], context: dict[str, Any]) -> tuple[str, str]:
    """Return who called and whom; legacy v4 names the outside party alone."""
    named = context.get("participants")
    if isinstance(named, dict):
        return _first(named.get("external")), _first(named.get("workspace"))
    if "participants" in record:
        return _first(record["participants"]), ""
    return _first(record.get("from")), _first(record.get("to"))


def _voicemail(record: dict[str, Any]) -> str:
    voicemail = record.get("voicemail") or {}
    return _clean(voicemail.get("url") or record.get("recordingUrl"))[:500]


def _clean(value: Any) -> str:
    """Return a text without what no database takes: NUL, and halves of characters."""
    return str(value or "").replace("\x00", "").encode("utf-8", "replace").decode()


def _id(value: Any) -> str:
    """Return an id of the provider's.

    :raises ValueError: it is none that we could keep.
    """
    if not isinstance(value, str) or not 0 < len(value) <= 150 or _clean(value) != value:
        raise ValueError("an id that is none")
    return value


def _first(value: Any) -> str:
    """Return a name that stands alone or first in a list, cut to what we keep."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return _clean(value)[:80]


def _moment(text: Any) -> dt.datetime | None:
    """Return the moment in UTC, or nothing: an odd time is no reason to lose a text."""
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError):
        return None
