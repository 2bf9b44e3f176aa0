"""A card of the board as it is shown: plain values, so that equal cards need one drawing."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from scheduling.models import Job
from scheduling.selectors.board import Lane, StopCard
from scheduling.selectors.jobs import JobCard, LoadItem


@dataclass(frozen=True)
class Badge:
    """Something wrong in words, and why."""

    words: str
    reason: str
    certain: bool


@dataclass(frozen=True)
class ShownStop:
    """What a card says of its place on a run. ``odoo`` is the state of a promise, or empty."""

    number: int
    done_at: dt.datetime | None
    locked_by: str
    badges: tuple[Badge, ...]
    collect: Decimal
    odoo: str


@dataclass(frozen=True)
class ShownCard:
    """All that a card says; ``stop`` is ``None`` while it is to be scheduled."""

    job: int
    is_pickup: bool
    seen: int
    state: str
    place: UUID | None
    needs_pin: bool
    customer: str
    address: str
    order: str
    total: Decimal
    currency: str
    load: tuple[LoadItem, ...]
    window: tuple[dt.datetime, dt.datetime] | None
    promised_at: dt.datetime | None
    stop: ShownStop | None
    stays: bool
    on: dt.date | None
    is_confirmed: bool
    part: int
    parts: int

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in Job.OPEN_STATES


def shown_card(card: JobCard, *, stop: StopCard | None, lane: Lane | None) -> ShownCard:
    """Return what a card says; ``stop`` and ``lane`` are where it is planned."""
    job, run = card.job, lane.run if lane else None
    earliest, latest = job.window_from, job.window_until
    return ShownCard(
        job=job.pk,
        is_pickup=job.is_pickup,
        seen=job.moves,
        state=job.state,
        place=job.place.uuid if job.place else None,
        needs_pin=card.needs_pin,
        customer=card.customer,
        address=card.address,
        order=card.order,
        total=card.total,
        currency=card.currency,
        load=tuple(card.load),
        window=(earliest, latest) if earliest and latest else None,
        promised_at=job.promised_at,
        stop=_shown_stop(stop) if stop else None,
        stays=bool((stop and stop.stop.locked_by_id) or (run and run.locked_by_id)),
        on=run.day if run else None,
        is_confirmed=run is not None and job.confirmed_day == run.day,
        part=card.part,
        parts=card.parts,
    )


def _shown_stop(card: StopCard) -> ShownStop:
    stop = card.stop
    return ShownStop(
        number=card.number,
        done_at=stop.done_at,
        locked_by=str(stop.locked_by) if stop.locked_by else "",
        badges=() if stop.done_at else tuple(Badge(**one) for one in stop.problems),
        collect=card.collect,
        odoo=card.odoo,
    )
