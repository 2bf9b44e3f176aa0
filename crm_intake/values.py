"""Values out of a stranger's payload, made fit to be kept."""

import datetime as dt
from typing import Any


def clean(value: Any) -> str:
    """Return a text without what no database takes: NUL, and halves of characters."""
    return str(value or "").replace("\x00", "").encode("utf-8", "replace").decode()


def name_of(value: Any) -> str:
    """Return an id of the source's.

    :raises ValueError: it is none that we could keep.
    """
    if not isinstance(value, str) or not 0 < len(value) <= 150 or clean(value) != value:
        raise ValueError("an id that is none")
    return value


def first(value: Any) -> str:
    """Return a name that stands alone or first in a list, cut to what we keep."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return clean(value)[:80]


def moment(text: Any) -> dt.datetime | None:
    """Return the moment in UTC, or nothing: an odd time is no reason to lose a text."""
    try:
        told = dt.datetime.fromisoformat(text)
        return told.replace(tzinfo=told.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def seconds(value: Any) -> int | None:
    """Return a length of time in whole seconds, or nothing when it is none."""
    try:
        length = round(float(value))
    except (ValueError, TypeError, OverflowError):
        return None
    return length if 0 <= length <= 7 * 24 * 3600 else None


def web_address(value: Any) -> str:
    """Return a web address, or nothing: what is cut leads nowhere."""
    address = clean(value)
    return address if len(address) <= 2000 and address.startswith(("https://", "http://")) else ""
