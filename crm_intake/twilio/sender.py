"""Texts through Twilio. It has no key that keeps one from going twice.

Source: Twilio's documentation of the Message resource (read 2026-11-21).
"""

import base64
import datetime as dt
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urljoin

from django.conf import settings

from crm_intake.errors import AnswerLost, NotTakenNow
from crm_intake.provider_api import get, post
from crm_intake.sender import Sender, WhileSending
from crm_intake.twilio.normalise import STATUS

MOST = "200"


def login() -> dict[str, str]:
    """Return the header by which Twilio's API knows us."""
    words = f"{settings.TWILIO_ACCOUNT_SID}:{settings.TWILIO_AUTH_TOKEN[0]}"
    return {"Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}


def messages_url() -> str:
    """Return the address of the account's texts."""
    return (
        f"{settings.TWILIO_API_URL}/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Messages.json"
    )


def send(number: str, text: str, while_sending: WhileSending) -> str:
    """Hand a text over, as ``Sender`` says."""
    ours = settings.TWILIO_FROM
    told = post(
        messages_url(),
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
    rows = pages_of(messages_url(), "messages", {"To": number, "DateSent>": day})
    return [str(row["sid"]) for row in rows if _is(row, text, since)]


def pages_of(url: str, name: str, asked: dict[str, str]) -> Iterator[Any]:
    """Yield the rows of a list of Twilio's, page by page.

    :raises NotTakenNow: Twilio does not say.
    """
    following = f"{url}?{urlencode({**asked, 'PageSize': MOST})}"
    while following:
        told = get(urljoin(f"{settings.TWILIO_API_URL}/", following), headers=login())
        rows = told.get(name)
        if not isinstance(rows, list):
            raise NotTakenNow("no list")
        yield from rows
        following = str(told.get("next_page_uri") or "")


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
