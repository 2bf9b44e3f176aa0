"""Quo's lists, of its API since 2026-03-30 (source: its reference, read 2026-11-21)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from crm_intake.errors import NotTakenNow
from crm_intake.provider_api import get

VERSION = "2026-03-30"
MOST = "50"


def pages_of(what: str, asked: dict[str, str]) -> Iterator[Any]:
    """Yield the rows of a list of Quo's, page by page.

    :raises NotTakenNow: Quo does not say.
    """
    words = {**asked, "limit": MOST}
    while True:
        told = get(
            f"{settings.QUO_API_URL}/{what}?{urlencode(words)}",
            headers={"Authorization": settings.QUO_API_KEY, "Quo-Api-Version": VERSION},
        )
        rows = told.get("data")
        if not isinstance(rows, list):
            raise NotTakenNow("no list")
        yield from rows
        if not told.get("nextCursor"):
            return
        words["after"] = str(told["nextCursor"])
