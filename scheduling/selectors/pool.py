"""What is to be scheduled, as the board's pool shows it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from odoo_bridge.models import Move, bookkeeping
from portal.setup.selectors.profile import business_zone
from scheduling.models import Job, Place, PoolView
from scheduling.selectors.jobs import MIRRORS_OF_A_CARD, OF_A_CARD, JobCard, card_of, load_goods
from scheduling.selectors.parts import counted, number_of_part

PAGE = 40
MOST = 10_000


class Promised(StrEnum):
    """When the customer was promised the delivery; nothing that is fetched was promised."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    NEVER = "never"


@dataclass(frozen=True)
class PoolFilter:
    """What is looked for: words of customer, order, address or product, all of them."""

    words: str = ""
    promised: Promised | None = None
    needs_pin: bool = False


EVERYTHING = PoolFilter()


@dataclass(frozen=True)
class Pool:
    """The jobs that are on nobody's day yet, the first promised first; ``total`` counts all."""

    cards: list[JobCard]
    total: int

    @property
    def is_cut(self) -> bool:
        """There are more than these."""
        return self.total > len(self.cards)


def pool_of(wanted: PoolFilter = EVERYTHING, *, most: int = PAGE) -> Pool:
    """Return at most so many of the jobs to schedule that are looked for; two queries."""
    jobs, total = pool_jobs(wanted, most=most)
    load_goods(jobs)
    return Pool([card_of(job, **counted(job)) for job in jobs], total)


def pool_jobs(wanted: PoolFilter, *, most: int) -> tuple[list[Job], int]:
    """Return what the pool shows, without its goods, and how many there are; one query."""
    found = _matching(wanted)
    number = found.order_by().values("state").annotate(number=Count("pk")).values("number")
    jobs = list(
        found.annotate(total=Subquery(number), **number_of_part())
        .select_related(*OF_A_CARD)
        .defer(*bookkeeping(*MIRRORS_OF_A_CARD))
        .order_by(F("promised_at").asc(nulls_last=True), "order__ordered_at", "pk")[:most]
    )
    return [*jobs], jobs[0].total if jobs else 0


def views_of(owner_id: int) -> list[PoolView]:
    """Return the views that a person has kept; one query."""
    return list(PoolView.objects.filter(owner=owner_id).order_by("name"))


def _matching(wanted: PoolFilter) -> QuerySet[Job]:
    jobs = Job.objects.filter(state=Job.State.TO_SCHEDULE)
    for word in wanted.words.split():
        jobs = jobs.filter(_has(word))
    if wanted.promised is not None:
        jobs = jobs.filter(_promised(wanted.promised))
    if wanted.needs_pin:
        jobs = jobs.filter(place__state=Place.State.NOT_FOUND)
    return jobs


def _has(word: str) -> Q:
    goods = Move.objects.filter(
        picking=OuterRef("picking"), product__name__icontains=word, deleted_at=None
    )
    return (
        Q(order__name__icontains=word)
        | Q(purchase__name__icontains=word)
        | Q(picking__name__icontains=word)
        | Q(order__customer__name__icontains=word)
        | Q(order__customer__parent__name__icontains=word)
        | Q(picking__destination__name__icontains=word)
        | Q(picking__destination__parent__name__icontains=word)
        | Q(picking__destination__street__icontains=word)
        | Q(picking__destination__city__icontains=word)
        | Q(picking__destination__postcode__istartswith=word)
        | Q(Exists(goods))
    )


def _promised(when: Promised) -> Q:
    """Return what was promised for then, by the days of the business."""
    zone = business_zone()
    today = dt.datetime.combine(timezone.localdate(timezone=zone), dt.time(), zone)
    tomorrow, next_week = today + dt.timedelta(days=1), today + dt.timedelta(days=7)
    return {
        Promised.LATE: Q(promised_at__lt=today),
        Promised.TODAY: Q(promised_at__gte=today, promised_at__lt=tomorrow),
        Promised.WEEK: Q(promised_at__gte=today, promised_at__lt=next_week),
        Promised.NEVER: Q(promised_at=None),
    }[when]
