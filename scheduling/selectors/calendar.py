"""The calendar: what is delivered, made and received on some days."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from odoo_bridge.models import WorkCenter
from scheduling.models import Truck
from scheduling.selectors.calendar_deliveries import deliveries_within, one_delivery
from scheduling.selectors.calendar_entry import RECEIPTS, Days, Entry, Found, Kind, Row
from scheduling.selectors.calendar_productions import production_entry, productions_within
from scheduling.selectors.calendar_receipts import receipt_entry, receipts_within
from scheduling.selectors.capacity import DayLoad, capacity
from scheduling.selectors.free import closed_days

JOBS = {Kind.DELIVERY, Kind.PICKUP}
ORDER = ("truck", "center", "receipts")  # of the rows of the time line


@dataclass(frozen=True)
class AgendaDay:
    """A day with its entries; ``closed`` says why the yard is closed, empty when it is not."""

    day: dt.date
    closed: str
    entries: list[Entry]


@dataclass(frozen=True)
class Agenda:
    """Days in a row; ``is_cut``: there is more on them than is shown."""

    days: list[AgendaDay]
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on any of them."""
        return not any(one.entries for one in self.days)


@dataclass(frozen=True)
class CenterLoad:
    """How much of the working time of a work centre is planned, day by day."""

    center: WorkCenter
    loads: list[DayLoad]

    @property
    def tight(self) -> list[DayLoad]:
        """The days on which hardly anything, or nothing, can be added."""
        return [one for one in self.loads if one.is_over or one.is_nearly_full]


def entries_within(days: Days, *, kinds: Collection[Kind], now: dt.datetime) -> Found:
    """Return what is on these days; as many queries however much that is."""
    today = timezone.localdate(now)
    found: list[Found] = []
    if JOBS & set(kinds):
        of_jobs = deliveries_within(days)
        wanted = [one for one in of_jobs.entries if one.kind in kinds]
        found.append(Found(wanted, is_cut=of_jobs.is_cut))
    if Kind.PRODUCTION in kinds:
        found.append(productions_within(days, now=now))
    if Kind.RECEIPT in kinds:
        found.append(receipts_within(days, today=today))
    entries = [entry for one in found for entry in one.entries]
    entries.sort(key=lambda one: (one.first_day, not one.is_of_day, one.starts_at))
    return Found(entries, is_cut=any(one.is_cut for one in found))


def agenda_of(days: Days, *, kinds: Collection[Kind], now: dt.datetime) -> Agenda:
    """Return the days one by one; what lasts longer than one stands on each of its days."""
    found = entries_within(days, kinds=kinds, now=now)
    closed = closed_days(days.first, days.last)
    listed: dict[dt.date, list[Entry]] = {day: [] for day in days}
    for entry in found.entries:
        for day in Days(max(entry.first_day, days.first), min(entry.last_day, days.last)):
            listed[day].append(entry)
    return Agenda(
        [AgendaDay(day, closed.get(day, ""), entries) for day, entries in listed.items()],
        is_cut=found.is_cut,
    )


def capacity_within(days: Days, *, today: dt.date) -> list[CenterLoad]:
    """Return how full each work centre is on these days; six queries."""
    centers = list(_centers().select_related("hours"))
    if not centers:
        return []
    loads = capacity(centers, days=list(days), today=today)
    return [CenterLoad(center, loads[center.pk]) for center in centers]


def rows_of(entries: Collection[Entry]) -> list[Row]:
    """Return the rows of the time line: trucks, work centres, receipts; two queries.

    What is not in use any more has a row as long as there is something in it.
    """
    trucks = Truck.objects.filter(is_active=True).select_related("vehicle")
    rows = [
        *(Row(f"truck-{one.pk}", str(one)) for one in trucks.order_by("vehicle__plate", "pk")),
        *(Row(f"center-{one.pk}", one.name) for one in _centers()),
        *(row for entry in entries for row in entry.rows),
        RECEIPTS,
    ]
    unique: dict[str, Row] = {}
    for row in rows:
        unique.setdefault(row.key, row)
    return sorted(unique.values(), key=lambda row: ORDER.index(row.key.split("-")[0]))


def one_entry(kind: str, key: str, *, now: dt.datetime) -> Entry | None:
    """Return an entry by its kind and key; ``None`` when it is not on the calendar, or is none."""
    find = FINDERS.get(kind)
    try:
        return find(key, now) if find else None
    except ValueError:
        return None


def _centers() -> QuerySet[WorkCenter]:
    centers = WorkCenter.objects.filter(active=True, deleted_at=None)
    return centers.order_by("position", "name", "pk")


def _job(key: str, _now: dt.datetime) -> Entry | None:
    return one_delivery(int(key)) if key.isascii() and len(key) <= 18 else None


def _production(key: str, now: dt.datetime) -> Entry | None:
    return production_entry(UUID(key), now=now)


def _receipt(key: str, now: dt.datetime) -> Entry | None:
    return receipt_entry(UUID(key), today=timezone.localdate(now))


FINDERS: Mapping[str, Callable[[str, dt.datetime], Entry | None]] = {
    Kind.DELIVERY: _job,
    Kind.PICKUP: _job,
    Kind.PRODUCTION: _production,
    Kind.RECEIPT: _receipt,
}
