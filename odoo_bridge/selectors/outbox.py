"""What waits to be sent to Odoo, and what needs a person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import MD5

from odoo_bridge.commands import COMMANDS, Change
from odoo_bridge.models import (
    LeadRecord,
    ManufacturingOrder,
    OutboxEntry,
    Partner,
    Picking,
    PollCursor,
    PurchaseOrder,
    SaleOrder,
    Stream,
)

State = OutboxEntry.State
MOST = 100


@dataclass(frozen=True)
class OutboxFigures:
    """How much waits, since when, and how much of it needs a look."""

    waiting: int
    oldest_at: dt.datetime | None
    unknown: int
    parked: int
    conflicts: int

    @property
    def for_a_person(self) -> int:
        """How many cannot go on before somebody decides."""
        return self.parked + self.conflicts


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
        conflicts=number.get(State.CONFLICT, 0),
    )


@dataclass(frozen=True)
class DeskEntry:
    """An entry in people's words: what it is, and what it is about."""

    entry: OutboxEntry
    label: str
    about: str

    @property
    def is_editable(self) -> bool:
        """Whether a person may correct it: Odoo has refused it, or it will be merged."""
        command = COMMANDS[self.entry.command]
        return bool(command.EDITABLE) and (not self.entry.doubted_at or issubclass(command, Change))


def entries_in(*states: OutboxEntry.State) -> list[DeskEntry]:
    """Return the oldest entries in these states, at most a hundred; seven queries at most."""
    return shown(OutboxEntry.objects.filter(state__in=states))


def forgotten_entries(since: dt.datetime) -> list[DeskEntry]:
    """Return what was done in Odoo after a moment that it has forgotten; seven queries at most."""
    return shown(OutboxEntry.objects.filter(state=State.DONE, settled_at__gt=since))


def shown(found: QuerySet[OutboxEntry]) -> list[DeskEntry]:
    """Put the oldest hundred of these entries into words."""
    entries = list(found.select_related("stream", "actor").order_by("created_at", "pk")[:MOST])
    keys = keys_by_kind(entries)
    orders = SaleOrder.objects.filter(uuid__in=keys["order"] | keys["order_files"])
    partners = Partner.objects.filter(uuid__in=keys["partner"])
    purchases = PurchaseOrder.objects.filter(uuid__in=keys["purchase"])
    leads = LeadRecord.objects.filter(uuid__in=keys["lead"])
    of_orders = {str(one.uuid): _order(one) for one in orders.select_related("customer__parent")}
    productions = ManufacturingOrder.objects.filter(uuid__in=keys["production"])
    transfers = Picking.objects.filter(uuid__in=keys["transfer"])
    named = {
        **{f"order:{key}": name for key, name in of_orders.items()},
        **{f"order_files:{key}": name for key, name in of_orders.items()},
        **{f"partner:{one.uuid}": one.shown_name for one in partners.select_related("parent")},
        **{
            f"purchase:{one.uuid}": _purchase(one)
            for one in purchases.select_related("vendor__parent")
        },
        **{f"lead:{one.uuid}": one.name for one in leads},
        **{
            f"production:{one.uuid}": _production(one)
            for one in productions.select_related("product")
        },
        **{f"transfer:{one.uuid}": one.name for one in transfers},
    }
    return [
        DeskEntry(
            entry=entry,
            label=str(COMMANDS[entry.command].label),
            about=_title(entry) or named.get(entry.stream.key) or entry.target,
        )
        for entry in entries
    ]


def keys_by_kind(entries: Sequence[OutboxEntry]) -> defaultdict[str, set[str]]:
    """Return our uuids of the records that entries are about, where these have no title."""
    keys = defaultdict[str, set[str]](set)
    for entry in entries:
        if not _title(entry):
            kind, _colon, key = entry.stream.key.partition(":")
            keys[kind].add(key)
    return keys


def _title(entry: OutboxEntry) -> str:
    """Return what an entry itself says that it is about: a new lead, a run, a number."""
    return entry.payload.get("title") or entry.payload.get("number") or ""


def _order(order: SaleOrder) -> str:
    """Name an order with its customer; a lead and a run have titles of their own."""
    customer = order.customer.shown_name if order.customer else ""
    return " · ".join(filter(None, [order.name, customer]))


def _purchase(purchase: PurchaseOrder) -> str:
    """Name a purchase with its vendor: one that Odoo has not made yet has no number."""
    vendor = purchase.vendor.shown_name if purchase.vendor else ""
    return " · ".join(filter(None, [purchase.name, vendor]))


def _production(production: ManufacturingOrder) -> str:
    """Name a production with what it makes."""
    product = production.product.name if production.product else ""
    return " · ".join(filter(None, [production.name, product]))


@dataclass(frozen=True)
class Reason:
    """Why Odoo refused parked entries, how many, and the reason's digest, which stands for it."""

    text: str
    number: int
    digest: str


def reasons_for_parking() -> list[Reason]:
    """Return the reasons that more than one entry is parked for, the commonest first; one query."""
    rows = (
        OutboxEntry.objects.filter(state=State.PARKED)
        .values("last_error")
        .annotate(number=Count("pk"), digest=MD5("last_error"))
        .filter(number__gt=1)
        .order_by("-number", "last_error")
    )
    return [Reason(row["last_error"], row["number"], row["digest"]) for row in rows[:20]]


@dataclass(frozen=True)
class PausedStream:
    """A stream that somebody holds, what it is about, and how much waits in it."""

    stream: Stream
    about: str
    waiting: int


def paused_streams() -> list[PausedStream]:
    """Return the streams that somebody holds; one query without any, six at most."""
    paused = Stream.objects.filter(paused_at__isnull=False).annotate(
        waiting=Count("entries", filter=Q(entries__state__in=OutboxEntry.OPEN)),
        latest=Max("entries"),
    )
    streams = list(paused.select_related("paused_by").order_by("paused_at", "pk")[:MOST])
    if not streams:
        return []
    latest = shown(OutboxEntry.objects.filter(pk__in=[one.latest for one in streams]))
    about = {one.entry.stream_id: one.about for one in latest}
    return [PausedStream(one, about.get(one.pk, one.key), one.waiting) for one in streams]


def kept_changes() -> int:
    """Return how many changes wait for Odoo; one query."""
    return OutboxEntry.objects.filter(state__in=OutboxEntry.OPEN).count()


def waiting_mirrors() -> list[PollCursor]:
    """Return the mirrors with records whose target has not arrived, as counted each minute."""
    return list(PollCursor.objects.filter(references_waiting__gt=0).order_by("mirror"))


def troubled_mirrors() -> list[PollCursor]:
    """Return the mirrors that Odoo does not let us read, with its reason."""
    return list(PollCursor.objects.exclude(trouble="").order_by("mirror"))
