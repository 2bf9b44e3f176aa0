"""An entry of the calendar as the browser reads it.

Moments are told as the clock of the business shows them, without a zone: wherever the browser
stands, it draws them just so. What the browser sends back is read on that clock.
"""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from scheduling.selectors.calendar_entry import Entry, Notice, Part


def as_json(entry: Entry, *, may_move: bool) -> dict[str, Any]:
    """Return the entry; ``parts`` are what stands in rows of the time line instead of it."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "sign": entry.kind.sign,
        "word": entry.kind.label,
        "title": entry.title,
        "line": entry.line,
        **_times(entry.starts_at, entry.ends_at),
        "allDay": entry.is_of_day,
        "rows": [row.key for row in entry.rows],
        "editable": may_move and not entry.fixed,
        "notices": [_notice(one) for one in entry.notices],
        "parts": [_part(one) for one in entry.parts],
        "seen": dict(entry.seen),
        "open": reverse("scheduling:calendar-entry", args=[entry.kind, entry.key]),
        "move": reverse("scheduling:calendar-move", args=[entry.kind, entry.key]),
    }


def _notice(notice: Notice) -> dict[str, str]:
    return {"sign": notice.sign, "words": notice.words, "level": notice.level}


def _part(part: Part) -> dict[str, str]:
    return {"row": part.row.key, "name": part.name, **_times(part.starts_at, part.ends_at)}


def _times(starts_at: dt.datetime, ends_at: dt.datetime) -> dict[str, str]:
    """Return from when to when by the clock; in the hour that comes twice it may not go back."""
    starts, ends = (timezone.localtime(at).replace(tzinfo=None) for at in (starts_at, ends_at))
    if ends <= starts:
        ends = starts + (ends_at - starts_at)
    return {"start": starts.isoformat(), "end": ends.isoformat()}
