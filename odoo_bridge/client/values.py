"""Values as Odoo takes and gives them: UTC without a zone, whole seconds, no control characters."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

# Whatever XML cannot hold: PostgreSQL refuses NUL, and Odoo's HTML fields refuse the rest.
NOT_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def odoo_datetime(moment: dt.datetime) -> str:
    """Aware datetime → "2026-11-21 01:30:28" in UTC; the fraction is cut, as Odoo does it.

    :raises ValueError: the datetime has no zone, so nobody knows which moment it means.
    """
    if moment.utcoffset() is None:
        raise ValueError("A datetime without a zone cannot be sent to Odoo.")
    utc = moment.astimezone(dt.UTC)
    return utc.replace(microsecond=0, tzinfo=None).isoformat(sep=" ")


def from_odoo_datetime(value: str | bool | None) -> dt.datetime | None:
    """ "2026-11-21 01:30:28", with or without microseconds → aware UTC; Odoo's ``False`` → None."""
    if not isinstance(value, str):
        return None
    return dt.datetime.fromisoformat(f"{value}+00:00")


def clean_text(text: str) -> str:
    """``text`` without the characters that Odoo refuses; emoji and line breaks stay."""
    return NOT_TEXT.sub("", text)


def json_value(value: Any) -> Any:
    """For ``json.dumps(default=…)``: the types of ours that JSON lacks.

    :raises TypeError: a type that Odoo would not understand either.
    """
    if isinstance(value, dt.datetime):
        return odoo_datetime(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} cannot be sent to Odoo")
