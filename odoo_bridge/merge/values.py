"""When two values of a field say the same, however Odoo, JSON or Python write them.

Each value has one canonical form; two values are the same when their forms are equal. Odoo says
``False`` for "nothing", and keeps 0 where a number is missing.
"""

import datetime as dt
from collections.abc import Callable, Hashable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any

NEW_LINE = "\x1e"  # no white space of a text: its own line breaks are no lines of HTML
BREAKS = {"p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "hr", "pre"} | {
    f"h{level}" for level in range(1, 7)
}
POINTS_AT = {"href", "src"}


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "TEXT"
    HTML = "HTML"
    NUMBER = "NUMBER"  # by its digits, or by the rounding of its currency
    INTEGER = "INTEGER"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    DATETIME = "DATETIME"
    MANY2ONE = "MANY2ONE"
    IDS = "IDS"


def same(kind: Kind, one: Any, other: Any, *, unit: Decimal = Decimal(1)) -> bool:
    """Say whether two values of a field say the same; ``unit`` is the smallest step of a number."""
    return canonical(kind, one, unit=unit) == canonical(kind, other, unit=unit)


def canonical(kind: Kind, value: Any, *, unit: Decimal = Decimal(1)) -> Hashable:
    """Return the one form of all values that say the same as this one.

    :raises ValueError: it is no value of this kind.
    """
    return in_steps(value, unit) if kind == Kind.NUMBER else FORMS[kind](value)


def in_steps(value: Any, unit: Decimal) -> int:
    """Return how many steps of ``unit`` a number is, the half of one rounded away from zero."""
    return int((Decimal(str(value or 0)) / unit).to_integral_value(ROUND_HALF_UP))


def plain_text(value: Any) -> str:
    """Return a text without the white space around it."""
    return str(value or "").strip()


def words_of(value: Any) -> str:
    """Return what a reader gets from HTML: its lines, and where its links and pictures lead.

    Odoo cleans what it stores, so neither its tags nor its white space are those it was given.
    """
    reader = Words()
    reader.feed(str(value or ""))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split(NEW_LINE))
    return "\n".join(filter(None, lines))


class Words(HTMLParser):
    """Collects the words of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Called for each text between two tags."""
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called for each tag that opens."""
        self.found += [f" {value} " for name, value in attrs if name in POINTS_AT and value]
        if tag in BREAKS:
            self.found.append(NEW_LINE)

    def handle_endtag(self, tag: str) -> None:
        """Called for each tag that closes."""
        if tag in BREAKS:
            self.found.append(NEW_LINE)


def day(value: Any) -> dt.date | None:
    """Return a date, of Odoo's text or of ours."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value or None


def second(value: Any) -> dt.datetime | None:
    """Return a moment in UTC without its fraction; what names no zone is in UTC already."""
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    if not moment:
        return None
    utc = moment.astimezone(dt.UTC) if moment.utcoffset() is not None else moment
    return utc.replace(microsecond=0, tzinfo=dt.UTC)


def record_id(value: Any) -> int | None:
    """Return an id, with or without the name beside it."""
    one = value[0] if isinstance(value, list | tuple) else value
    return int(one) if one else None


FORMS: dict[Kind, Callable[[Any], Hashable]] = {
    Kind.TEXT: plain_text,
    Kind.HTML: words_of,
    Kind.INTEGER: lambda value: int(value or 0),
    Kind.BOOLEAN: bool,
    Kind.DATE: day,
    Kind.DATETIME: second,
    Kind.MANY2ONE: record_id,
    Kind.IDS: lambda value: frozenset(int(one) for one in value or ()),
}
