"""Texts through Quo. Only its first API can send; it has no key that keeps one from going twice.

Source: Quo's API reference, messages (read 2026-11-21).
"""

import datetime as dt
import json
from typing import Any

from django.conf import settings

from crm_intake.errors import AnswerLost
from crm_intake.provider_api import post
from crm_intake.quo.api import pages_of
from crm_intake.sender import Sender, WhileSending


def send(number: str, text: str, while_sending: WhileSending) -> str:
    """Hand a text over, as ``Sender`` says."""
    told = post(
        f"{settings.QUO_API_URL}/v1/messages",
        headers={"Authorization": settings.QUO_API_KEY, "Content-Type": "application/json"},
        body=json.dumps({"content": text, "from": settings.QUO_FROM, "to": [number]}).encode(),
        while_sending=while_sending,
    )
    data = told.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise AnswerLost("no id")
    return str(data["id"])


def find(number: str, text: str, since: dt.datetime) -> list[str]:
    """Ask for the texts to a number with these words since a moment, as ``Sender`` says."""
    asked = {"to": number, "direction": "outgoing", "createdAt[gt]": since.isoformat()}
    if settings.QUO_FROM.startswith("PN"):
        asked["phoneNumberId"] = settings.QUO_FROM
    return [str(row["id"]) for row in pages_of("messages", asked) if _is(row, text)]


def _is(row: Any, text: str) -> bool:
    return isinstance(row, dict) and "id" in row and row.get("text") == text


SENDER = Sender(
    name="quo",
    label="Quo",
    send=send,
    find=find,
    answers_words=frozenset(["stop", "stopall", "unsubscribe", "cancel", "end", "quit"]),
)
