"""What Twilio knows of texts and calls, as it would have posted it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from crm_intake.source import Item
from crm_intake.twilio.api import address_of, pages_of
from crm_intake.twilio.normalise import FATES, NOBODY_TOOK_IT, SMS, STATUS, VOICE

OVER = {"completed", *NOBODY_TOOK_IT}


def ask(since: dt.datetime) -> Iterator[Item]:
    """Return them since a moment, as ``Source`` says; Twilio's lists are asked for by day."""
    day = since.astimezone(dt.UTC).date().isoformat()
    for row in pages_of(address_of("Messages"), "messages", {"DateSent>": day}):
        if isinstance(row, dict) and (item := _text(row)):
            yield item
    for row in pages_of(address_of("Calls"), "calls", {"StartTime>": day}):
        if isinstance(row, dict) and row.get("status") in OVER:
            yield _item("call", VOICE, row, {"CallSid": "sid", "CallStatus": "status"})


def _text(row: dict[str, Any]) -> Item | None:
    if row.get("direction") == "inbound":
        return _item("message", SMS, row, {"MessageSid": "sid", "Body": "body"})
    if row.get("status") in FATES:
        names = {"MessageSid": "sid", "MessageStatus": "status", "ErrorCode": "error_code"}
        return _item("message", STATUS, row, names)
    return None


def _item(name: str, door: str, row: dict[str, Any], names: dict[str, str]) -> Item:
    """Return the form that would have been posted at a door."""
    every = {
        "From": "from",
        "To": "to",
        "Direction": "direction",
        "DateCreated": "date_created",
        "CallDuration": "duration",
    }
    told = {ours: row.get(theirs) for ours, theirs in {**every, **names}.items()}
    form = urlencode({ours: str(value) for ours, value in told.items() if value is not None})
    return Item(f"{name}:{row.get('sid')}", form.encode(), door)
