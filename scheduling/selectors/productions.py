"""Productions as their page lists them: by work centre, what is due first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils import timezone

from odoo_bridge.models import ManufacturingOrder, WorkCenter, WorkOrder
from odoo_bridge.selectors.productions import (
    CANCELLED,
    DONE,
    ShownProduction,
    shown_productions,
)
from scheduling.selectors.capacity import DayLoad, capacity
from scheduling.selectors.short_parts import Short, short_parts, wants_parts
from scheduling.selectors.waiting import Waiting, open_jobs, order_of, waiting_for

MOST_OPEN, MOST_DONE = 150, 50
DAYS_OF_CAPACITY = 7
OVER = (DONE, CANCELLED)


@dataclass(frozen=True)
class ProductionCard:
    """A production with everything that its card says.

    ``step`` is the name of the work order that is next, ``later`` the work centres after it.
    ``is_late``: it should be made, or should have been begun on an earlier day.
    """

    shown: ShownProduction
    center: WorkCenter | None
    step: str
    later: list[str]
    is_late: bool
    short: list[Short]
    waiting: list[Waiting]

    @property
    def key(self) -> UUID:
        """The uuid of the production."""
        return self.shown.key

    @property
    def lacks_parts(self) -> bool:
        """Whether Odoo has not reserved all that it takes: what is short may not be all of it."""
        return wants_parts(self.shown) and bool(self.shown.order.parts_state or self.short)


@dataclass
class Section:
    """A work centre: what should be begun by the end of today, what comes then, what is made.

    ``loads`` are the coming days with what is planned of its working time, today first.
    """

    center: WorkCenter | None
    loads: list[DayLoad] = field(default_factory=list)
    due: list[ProductionCard] = field(default_factory=list)
    coming: list[ProductionCard] = field(default_factory=list)
    done: list[ProductionCard] = field(default_factory=list)

    @property
    def number_open(self) -> int:
        """How many are still to be made."""
        return len(self.due) + len(self.coming)


@dataclass(frozen=True)
class Productions:
    """The sections in the order of the work centres; ``is_cut``: there are more than they show."""

    sections: list[Section]
    is_cut: bool = False

    def card(self, key: UUID | None) -> ProductionCard | None:
        """Return the card of a production, if it is listed."""
        listed = (one for each in self.sections for one in [*each.due, *each.coming, *each.done])
        return next((card for card in listed if card.key == key), None)


def listed_productions(*, now: dt.datetime) -> Productions:
    """Return what is to be made, and what was made today; as many queries however many."""
    today = timezone.localdate(now)
    orders = ManufacturingOrder.objects.filter(deleted_at=None).select_related("order_line")
    steps = WorkOrder.objects.filter(deleted_at=None).select_related("work_center__hours")
    steps = steps.order_by("position", "odoo_id")
    orders = orders.prefetch_related(Prefetch("work_orders", steps))
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    still_open = shown_productions(
        orders.exclude(state__in=OVER).order_by("starts_at", "pk")[: MOST_OPEN + 1]
    )
    over = Q(state=DONE, ends_at__gte=midnight)
    made = shown_productions(orders.filter(over).order_by("-ends_at", "-pk")[:MOST_DONE])
    cards = _cards([*still_open[:MOST_OPEN], *made], now=now)
    sections = _sections(cards, today=today)
    _tell_loads(sections, today=today)
    return Productions(sections, is_cut=len(still_open) > MOST_OPEN)


def one_production(key: UUID) -> ShownProduction | None:
    """Return one production as it shall be; two queries."""
    orders = ManufacturingOrder.objects.filter(uuid=key, deleted_at=None)
    return next(iter(shown_productions(orders.select_related("order_line"))), None)


def is_due(shown: ShownProduction, *, today: dt.date) -> bool:
    """Say whether it begins on that day, or should have begun before."""
    return shown.starts_at is not None and timezone.localdate(shown.starts_at) <= today


def is_late(shown: ShownProduction, *, now: dt.datetime) -> bool:
    """Say whether it should be made by now, or should have been begun on an earlier day."""
    yesterday = timezone.localdate(now) - dt.timedelta(days=1)
    is_overdue = shown.ends_at is not None and shown.ends_at < now
    return not shown.is_over and (
        is_overdue or (shown.may_start and is_due(shown, today=yesterday))
    )


def _cards(productions: list[ShownProduction], *, now: dt.datetime) -> list[ProductionCard]:
    short = short_parts(productions)
    jobs = open_jobs({order for one in productions if (order := order_of(one)) is not None})
    return [
        _card(
            shown,
            is_late=is_late(shown, now=now),
            short=short.get(shown.order.pk, []),
            waiting=waiting_for(shown, jobs),
        )
        for shown in productions
    ]


def _card(
    shown: ShownProduction, *, is_late: bool, short: list[Short], waiting: list[Waiting]
) -> ProductionCard:
    """Return the card; it stands where the next step is, at last where the last one was."""
    # A work order that was taken off may still be mirrored: the production's list decides.
    order = shown.order
    steps = [one for one in order.work_orders.all() if one.odoo_id in order.work_order_ids]
    still = [one for one in steps if one.state not in OVER]
    here = next(iter(still or steps[-1:]), None)
    return ProductionCard(
        shown=shown,
        center=here.work_center if here else None,
        step=here.name if here else "",
        later=[one.work_center.name for one in still[1:] if one.work_center],
        is_late=is_late,
        short=short,
        waiting=waiting,
    )


def _sections(cards: Iterable[ProductionCard], *, today: dt.date) -> list[Section]:
    """Return a section for each work centre of these, by its place in Odoo; the rest at last."""
    found: Mapping[int | None, list[ProductionCard]] = defaultdict(list)
    for card in cards:
        found[card.center.pk if card.center else None].append(card)
    sections = [_section(of_center, today=today) for of_center in found.values()]
    return sorted(sections, key=_place)


def _tell_loads(sections: Iterable[Section], *, today: dt.date) -> None:
    centers = {one.center.pk: one for one in sections if one.center}
    days = [today + dt.timedelta(days=number) for number in range(DAYS_OF_CAPACITY)]
    listed = [one.center for one in centers.values() if one.center]
    for key, loads in capacity(listed, days=days, today=today).items():
        centers[key].loads = loads


def _section(cards: list[ProductionCard], *, today: dt.date) -> Section:
    section = Section(center=cards[0].center)
    for card in cards:
        if card.shown.is_over:
            section.done.append(card)
        elif is_due(card.shown, today=today):
            section.due.append(card)
        else:
            section.coming.append(card)
    for each in (section.due, section.coming):  # a promise may have put it elsewhere
        each.sort(key=_when)
    return section


def _when(card: ProductionCard) -> tuple[bool, dt.datetime, int]:
    starts_at = card.shown.starts_at
    return starts_at is None, starts_at or timezone.now(), card.shown.order.pk


def _place(section: Section) -> tuple[bool, int, str, int]:
    center = section.center
    if center is None:
        return True, 0, "", 0
    return False, center.position, center.name, center.pk
