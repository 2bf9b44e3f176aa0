"""What waits to be sent to Odoo, and what needs a person."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min

from odoo_bridge.models import OutboxEntry, PollCursor

State = OutboxEntry.State
MOST = 100


@dataclass(frozen=True)
class OutboxFigures:
    """How much waits, since when, and how much of it needs a look."""

    waiting: int
    oldest_at: dt.datetime | None
    unknown: int
    parked: int


def outbox_figures() -> OutboxFigures:
    """Count what is not settled; one query."""
    rows = (
        OutboxEntry.objects.filter(state__in=OutboxEntry.OPEN)
        .values("state")
        .annotate(number=Count("pk"), oldest=Min("created_at"))
    )
    number = {row["state"]: row["number"] for row in rows}
    waiting = (State.QUEUED, State.SENDING, State.UNKNOWN)
    return OutboxFigures(
        waiting=sum(number.get(state, 0) for state in waiting),
        oldest_at=min((row["oldest"] for row in rows if row["state"] in waiting), default=None),
        unknown=number.get(State.UNKNOWN, 0),
        parked=number.get(State.PARKED, 0),
    )


def entries_in(*states: OutboxEntry.State) -> list[OutboxEntry]:
    """Return the oldest entries in these states, at most a hundred; one query."""
    return list(
        OutboxEntry.objects.filter(state__in=states)
        .select_related("stream", "actor")
        .order_by("created_at", "pk")[:MOST]
    )


def troubled_mirrors() -> list[PollCursor]:
    """Return the mirrors that Odoo does not let us read, with its reason."""
    return list(PollCursor.objects.exclude(trouble="").order_by("mirror"))
