"""Quo's contacts: a name for a number.

The payload is not documented. Legacy contacts carry typed ``fields``; those of the API carry
``defaultFields``, as ``GET /contacts`` answers.
"""

from typing import Any

from crm_intake.events import ContactNews, Event, OtherEvent
from crm_intake.quo.envelope import Told
from crm_intake.values import clean, first

UPDATED = "contact.updated"
MOST_NUMBERS = 20


def known(told: Told) -> Event:
    """Return who is known by which numbers; without a name or a number it has no effect."""
    record = told.record
    fields = record.get("defaultFields")
    named = fields if isinstance(fields, dict) else record
    name = " ".join(part for part in (_text(named, "firstName"), _text(named, "lastName")) if part)
    name = name or _text(named, "company")
    numbers = tuple(dict.fromkeys(filter(None, _numbers(record, named))))[:MOST_NUMBERS]
    if not name or not numbers:
        return OtherEvent(kind=told.kind)
    return ContactNews(name=name[:200], numbers=numbers)


def _text(record: dict[str, Any], key: str) -> str:
    return clean(record.get(key)).strip()


def _numbers(record: dict[str, Any], named: dict[str, Any]) -> list[str]:
    typed = [part for part in record.get("fields") or [] if part.get("type") == "phone-number"]
    return [first(part.get("value")) for part in [*(named.get("phoneNumbers") or []), *typed]]
