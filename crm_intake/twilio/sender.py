"""Texts through Twilio. It has no key that keeps one from going twice.

Source: Twilio's documentation of the Message resource (read 2026-11-21).
"""

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from crm_intake.errors import AnswerLost
from crm_intake.provider_api import post
from crm_intake.sender import Sender, WhileSending
from crm_intake.twilio.api import address_of, login, pages_of
from crm_intake.twilio.normalise import STATUS


def send(number: str, text: str, while_sending: WhileSending) -> str:
    """Hand a text over, as ``Sender`` says."""
    ours = settings.TWILIO_FROM
    told = post(
        address_of("Messages"),
        headers={**login(), "Content-Type": "application/x-www-form-urlencoded"},
        body=urlencode(
            {
                "To": number,
                ("MessagingServiceSid" if ours.startswith("MG") else "From"): ours,
                "Body": text,
                "StatusCallback": f"{settings.PUBLIC_URL}/webhook/twilio/{STATUS}",
            }
        ).encode(),
        while_sending=while_sending,
    )
    if not isinstance(told.get("sid"), str):
        raise AnswerLost("no sid")
    return str(told["sid"])


def find(number: str, text: str, since: dt.datetime) -> list[str]:
    """Ask for the texts to a number with these words since a moment, as ``Sender`` says."""
    day = since.astimezone(dt.UTC).date().isoformat()
    rows = pages_of(address_of("Messages"), "messages", {"To": number, "DateSent>": day})
    return [str(row["sid"]) for row in rows if _is(row, text, since)]


def _is(row: Any, text: str, since: dt.datetime) -> bool:
    if not isinstance(row, dict) or "sid" not in row or row.get("body") != text:
        return False
    try:
        made = parsedate_to_datetime(str(row.get("date_created")))
    except ValueError:
        return False
    outgoing = str(row.get("direction", "")).startswith("outbound")
    return outgoing and made >= since.replace(microsecond=0)


SENDER = Sender(
    name="twilio",
    label="Twilio",
    send=send,
    find=find,
    answers_words=frozenset(
        ["stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"]
    ),
    answers_help=True,
)
