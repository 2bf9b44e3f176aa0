"""Twilio's lists (source: its documentation of Messages and Calls, read 2026-11-21)."""

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin

from django.conf import settings

from crm_intake.errors import NotTakenNow
from crm_intake.provider_api import get

MOST = "200"


def login() -> dict[str, str]:
    """Return the header by which Twilio's API knows us."""
    words = f"{settings.TWILIO_ACCOUNT_SID}:{settings.TWILIO_AUTH_TOKEN[0]}"
    return {"Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}


def address_of(what: str) -> str:
    """Return the address of the account's Messages or Calls."""
    account = f"{settings.TWILIO_API_URL}/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}"
    return f"{account}/{what}.json"


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
