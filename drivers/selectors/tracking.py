"""What whoever has the link of a job may know of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from drivers.models import Drive, Position, ProofOfDelivery, StopAction, Tracking, WayText
from drivers.selectors.payments import payments_at
from drivers.selectors.truck_to import truck_to
from scheduling.geo.straight import METRES_A_MILE, straight_metres
from scheduling.models import Job, Stop
from scheduling.models.point import Point
from scheduling.selectors.jobs import LoadItem, items_of, load_goods, ordered_goods

What, Verdict = StopAction.What, StopAction.Verdict
NOT_TAKEN = (What.REFUSED, What.NOBODY)
COUNTS = Q(action__verdict=Verdict.APPLIED) | Q(action__decision__counts=True)  # of a proof
OF_A_PAGE = (
    *("job__order", "job__purchase", "job__picking__destination"),
    *("job__stop__run__drive", "job__ticket", "job__place"),
)


ROUGHLY = Decimal("0.001")  # of a degree: 110 m


class State(StrEnum):
    """How far a job is, as its customer is told."""

    WAITS = "WAITS"
    PLANNED = "PLANNED"
    ON_THE_WAY = "ON_THE_WAY"
    ARRIVED = "ARRIVED"
    DONE = "DONE"
    NOT_TAKEN = "NOT_TAKEN"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Tracked:
    """A job as its page says it; nothing of others, of money, or of where exactly it goes.

    ``before`` is how many stops of the run come first, ``None`` where it is not under way.
    ``has_receipt``: money was taken, and there is a paper that says so.
    """

    token: str
    job: Job
    stop: Stop | None
    state: State
    goes_again: bool
    expected_at: dt.datetime | None
    before: int | None
    load: Sequence[LoadItem]
    photos: Sequence[ProofOfDelivery]
    truck: Position | None = None
    has_receipt: bool = False

    @property
    def truck_about(self) -> Point | None:
        """Where the truck was last, as far as a page may say it."""
        return _roughly(self.truck.point) if self.truck else None

    @property
    def place_about(self) -> Point | None:
        """Where it goes, no more exactly: whoever has the link is told no address."""
        there = self.job.place.point if self.job.place else None
        return _roughly(there) if there else None

    @property
    def miles(self) -> Decimal | None:
        """How far the truck is, as the crow flies; ``None``: one of the two is not known."""
        if self.truck_about is None or self.place_about is None:
            return None
        metres = straight_metres(self.truck_about, self.place_about)
        return Decimal(metres / METRES_A_MILE).quantize(Decimal("0.1"))

    @property
    def town(self) -> str:
        """Where it goes, or is fetched; empty when nobody knows."""
        there = self.job.picking.destination
        return there.city if there else ""

    @property
    def window(self) -> tuple[dt.datetime, dt.datetime] | None:
        """Between which times it comes, where that was agreed for the day it is planned for."""
        return self.job.window_on(self.stop.run.day) if self.stop else None


def tracked(token: str) -> Tracked | None:
    """Return what is to be shown; ``None``: nobody has such a link, or its time is over."""
    tracking = open_trackings().select_related(*OF_A_PAGE).filter(token=token).first()
    if tracking is None:
        return None
    job = tracking.job
    stop: Stop | None = getattr(job, "stop", None)
    load_goods([job])
    last = _last_act(job, stop)
    state = _state_of(job, stop, last)
    return Tracked(
        token=token,
        job=job,
        stop=stop,
        state=state,
        goes_again=job.is_open,
        expected_at=_expected_at(job, stop) if stop and state == State.ON_THE_WAY else None,
        before=_stops_before(stop) if stop and state == State.PLANNED else None,
        load=items_of(ordered_goods(job)),
        photos=list(_photos(job)) if state == State.DONE else [],
        truck=truck_to(stop, last) if stop and last and state == State.ON_THE_WAY else None,
        has_receipt=state == State.DONE and payments_at(job).exists(),
    )


def photo_of(token: str, proof: UUID) -> ProofOfDelivery | None:
    """Return a picture of what was handed over, by the link of its job."""
    tracking = open_trackings().select_related("job__stop").filter(token=token).first()
    if tracking is None or tracking.job.state != Job.State.DONE:
        return None
    return _photos(tracking.job).filter(uuid=proof).first()


def _roughly(point: Point) -> Point:
    return Point(point.latitude.quantize(ROUGHLY), point.longitude.quantize(ROUGHLY))


def open_trackings() -> QuerySet[Tracking]:
    """Return the links whose time is not over."""
    still = Q(job__state__in=Job.OPEN_STATES) | Q(expires__gt=timezone.now())
    return Tracking.objects.filter(still)


def _photos(job: Job) -> QuerySet[ProofOfDelivery]:
    """Pictures that count, of the run on which it was done; never a signature."""
    stop: Stop | None = getattr(job, "stop", None)
    of_run = ProofOfDelivery.objects.filter(
        action__job=job, action__run=stop.run_id if stop else None
    )
    return of_run.filter(COUNTS, action__what=What.PHOTO).order_by("pk")


def _last_act(job: Job, stop: Stop | None) -> StopAction | None:
    """Return what says last how far it is: at the stop where it is now, else where it was."""
    acts = StopAction.objects.filter(job=job, verdict=Verdict.APPLIED)
    if stop is None or job.state == Job.State.CANCELLED:
        acts = acts.filter(what__in=NOT_TAKEN)
    else:
        acts = acts.filter(stop=stop, run=stop.run_id, what__in=(What.ON_MY_WAY, What.ARRIVED))
    return acts.order_by("-pk").first()


def _state_of(job: Job, stop: Stop | None, last: StopAction | None) -> State:
    if job.state == Job.State.DONE:
        return State.DONE
    if last and last.what in NOT_TAKEN:
        return State.NOT_TAKEN
    if job.state == Job.State.CANCELLED:
        return State.CANCELLED
    if stop is None:
        return State.WAITS
    return ON_ROAD[What(last.what)] if last else State.PLANNED


ON_ROAD = {What.ON_MY_WAY: State.ON_THE_WAY, What.ARRIVED: State.ARRIVED}


def _expected_at(job: Job, stop: Stop) -> dt.datetime | None:
    told = WayText.objects.filter(job=job, day=stop.run.day, kind=What.ON_MY_WAY)
    return told.values_list("expected_at", flat=True).first()


def _stops_before(stop: Stop) -> int | None:
    drive: Drive | None = getattr(stop.run, "drive", None)
    if drive is None or drive.started_at is None or drive.ended_at is not None:
        return None
    ahead = Stop.objects.filter(run=stop.run_id, position__lt=stop.position)
    return ahead.filter(job__state=Job.State.SCHEDULED).count()
