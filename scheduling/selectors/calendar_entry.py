"""What the calendar is made of: entries of four kinds."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

ONE_DAY = dt.timedelta(days=1)


class Kind(models.TextChoices):
    """A kind of work."""

    DELIVERY = "delivery", "Delivery"
    PICKUP = "pickup", "Pickup"
    PRODUCTION = "production", "Production"
    RECEIPT = "receipt", "Receipt"

    @property
    def sign(self) -> str:
        """What stands before its entries: colour is not the only difference."""
        return SIGNS[self]


SIGNS = {Kind.DELIVERY: "→", Kind.PICKUP: "↺", Kind.PRODUCTION: "⚙", Kind.RECEIPT: "←"}


@dataclass(frozen=True)
class Days:
    """Days of the business in a row, the last included."""

    first: dt.date
    last: dt.date

    @property
    def starts_at(self) -> dt.datetime:
        """When the first begins by the clock of the business."""
        return midnight(self.first)

    @property
    def ends_at(self) -> dt.datetime:
        """When the day after the last begins."""
        return midnight(self.last + ONE_DAY)

    def __iter__(self) -> Iterator[dt.date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + number * ONE_DAY


@dataclass(frozen=True)
class Row:
    """A row of the time line: ``truck-4``, ``center-7``, or ``receipts``."""

    key: str
    name: str


RECEIPTS = Row("receipts", "Receipts")
NOWHERE = Row("center-none", "No work centre")


@dataclass(frozen=True)
class Part:
    """What stands in one row of the time line, and when, where that is not the whole entry."""

    row: Row
    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True)
class Notice:
    """Something about an entry in some words, and why; ``level`` is a class of chips."""

    words: str
    reason: str = ""
    level: str = ""

    @property
    def sign(self) -> str:
        """What stands before the words."""
        return {"bad": "✕", "warn": "▲", "fine": "✓"}.get(self.level, "●")


@dataclass(frozen=True)
class Entry:
    """A piece of work on the calendar.

    One that has the whole day (``is_of_day``) ends with the beginning of the next. ``seen`` is what
    is sent along with a move, so that a late one is refused. ``fixed`` says why it cannot be moved;
    ``address`` is that of its page.
    """

    kind: Kind
    key: str
    title: str
    line: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_of_day: bool
    rows: tuple[Row, ...]
    address: str
    seen: Mapping[str, str]
    fixed: str = ""
    notices: tuple[Notice, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def id(self) -> str:
        """Its name on the page."""
        return f"{self.kind}-{self.key}"

    @property
    def problems(self) -> list[Notice]:
        """What is wrong with it, or may be."""
        return [one for one in self.notices if one.level in {"bad", "warn"}]

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins."""
        return timezone.localdate(self.starts_at)

    @property
    def last_day(self) -> dt.date:
        """The last day of which it has some time, or the first when it takes none."""
        last = timezone.localdate(self.ends_at - dt.timedelta(microseconds=1))
        return max(self.first_day, last)


@dataclass(frozen=True)
class Found:
    """Entries of a kind; ``is_cut``: there are more."""

    entries: list[Entry]
    is_cut: bool = False


def midnight(day: dt.date) -> dt.datetime:
    """Return when a day begins by the clock of the business."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def text_of(at: dt.datetime | None) -> str:
    """Return a moment as it is sent along with a move; empty for none."""
    return at.isoformat() if at else ""
