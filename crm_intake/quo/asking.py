"""What Quo knows of texts and calls, as it would have posted it (in legacy v4's shape)."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from crm_intake.quo.api import pages_of
from crm_intake.source import Item

SENT = {"delivered": "message.delivered", "undelivered": "message.undelivered"}


def ask(since: dt.datetime) -> Iterator[Item]:
    """Return them since a moment, as ``Source`` says."""
    for row in pages_of("messages", {"createdAt[gt]": since.isoformat()}):
        if kind := _kind_of_text(row):
            yield _item(kind, "message", row)
    for row in pages_of("calls", {"createdAt[gte]": since.isoformat()}):
        if isinstance(row, dict) and row.get("completedAt"):
            yield _item("call.completed", "call", row)


def _kind_of_text(row: Any) -> str:
    """Return the event that would have told of it; none of one that is still under way."""
    if not isinstance(row, dict):
        return ""
    if row.get("direction") == "incoming":
        return "message.received"
    return SENT.get(str(row.get("status")), "")


def _item(kind: str, name: str, row: dict[str, Any]) -> Item:
    key = f"{name}:{row.get('id')}"
    envelope = {"id": f"asked-{row.get('id')}", "type": kind, "data": {"object": row}}
    return Item(key, json.dumps(envelope).encode())
