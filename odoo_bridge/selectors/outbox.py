"""What waits to be sent to Odoo, and what needs a person."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from odoo_bridge.commands import COMMANDS
from odoo_bridge.models import OutboxEntry, PollCursor, SaleOrder

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


@dataclass(frozen=True)
class DeskEntry:
    """An entry in people's words: what it is, and what it is about."""

    entry: OutboxEntry
    label: str
    about: str


def entries_in(*states: OutboxEntry.State) -> list[DeskEntry]:
    """Return the oldest entries in these states, at most a hundred; two queries."""
    return _shown(OutboxEntry.objects.filter(state__in=states))


def forgotten_entries(since: dt.datetime) -> list[DeskEntry]:
    """Return what was done in Odoo after a moment that it has gone back to; two queries."""
    return _shown(OutboxEntry.objects.filter(state=State.DONE, settled_at__gt=since))


def _shown(found: QuerySet[OutboxEntry]) -> list[DeskEntry]:
    entries = list(found.select_related("stream", "actor").order_by("created_at", "pk")[:MOST])
    uuids = [entry.payload["order_uuid"] for entry in entries if "order_uuid" in entry.payload]
    orders = SaleOrder.objects.filter(uuid__in=uuids).select_related("customer__parent")
    named = {f"order:{order.uuid}": order for order in orders}
    return [
        DeskEntry(
            entry=entry,
            label=str(COMMANDS[entry.command].label),
            about=_about(named.get(entry.target), entry),
        )
        for entry in entries
    ]


def _about(order: SaleOrder | None, entry: OutboxEntry) -> str:
    """Name the order with its customer; a lead and a run have titles of their own."""
    if order is None:
        return str(entry.payload.get("title", entry.target))
    customer = order.customer.shown_name if order.customer else ""
    return " · ".join(filter(None, [order.name, customer]))


def troubled_mirrors() -> list[PollCursor]:
    """Return the mirrors that Odoo does not let us read, with its reason."""
    return list(PollCursor.objects.exclude(trouble="").order_by("mirror"))
