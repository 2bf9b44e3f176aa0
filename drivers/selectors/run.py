"""A driver's own runs. Nobody else's can be had here."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from drivers.models import Collection
from portal.accounts.models import User
from scheduling.models import Job, Run
from scheduling.selectors.board import StopCard, stops_of

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DriverStop:
    """A stop as the driver sees it: the card, whom to call, and the cash taken so far."""

    view: StopCard
    phone: str
    taken: Decimal

    @property
    def is_done(self) -> bool:
        """The goods are with the customer, or on the truck."""
        return self.view.stop.done_at is not None

    @property
    def is_cancelled(self) -> bool:
        """Odoo does not want it any more."""
        return self.view.is_cancelled

    @property
    def is_pickup(self) -> bool:
        """Something is fetched here."""
        return self.view.card.job.is_pickup


@dataclass(frozen=True)
class DriverRun:
    """A run with its stops in the order in which they are driven."""

    run: Run
    stops: list[DriverStop]

    @property
    def done(self) -> int:
        """How many stops are done."""
        return sum(stop.is_done for stop in self.stops)

    @property
    def wanted(self) -> int:
        """How many stops there are, the cancelled ones apart."""
        return sum(not stop.is_cancelled for stop in self.stops)

    @property
    def next_stop(self) -> DriverStop | None:
        """The first that is still to be driven to."""
        return next((s for s in self.stops if not (s.is_done or s.is_cancelled)), None)


def runs_of(*, driver: User, day: dt.date) -> list[DriverRun]:
    """Return the driver's runs of the day, and one of the day before that is not done yet.

    As many queries however many stops there are.
    """
    yesterday = Q(day=day - ONE_DAY, stops__job__state=Job.State.SCHEDULED)
    return _with_stops(Run.objects.filter(Q(day=day) | yesterday, driver__user=driver).distinct())


@dataclass(frozen=True)
class OwnStop:
    """A stop of the driver's, and the run that it is on."""

    run: DriverRun
    stop: DriverStop

    @property
    def stop_id(self) -> int:
        """The stop's key."""
        return self.stop.view.stop.pk


def own_stop(*, driver: User, stop_uuid: uuid.UUID) -> OwnStop:
    """Return one of the driver's own stops.

    :raises Run.DoesNotExist: there is none, or it is another driver's.
    """
    run = Run.objects.get(driver__user=driver, stops__uuid=stop_uuid)
    [found] = _with_stops(Run.objects.filter(pk=run.pk))
    return OwnStop(found, next(s for s in found.stops if s.view.stop.uuid == stop_uuid))


def _with_stops(runs: QuerySet[Run]) -> list[DriverRun]:
    listed = list(runs.select_related("truck__vehicle").order_by("starts_at", "pk"))
    stops = stops_of(listed)
    taken: defaultdict[int, Decimal] = defaultdict(Decimal)
    for collection in Collection.objects.filter(stop__run__in=listed):
        taken[collection.stop_id] += collection.amount
    return [
        DriverRun(
            run=run,
            stops=[
                DriverStop(view=view, phone=view.phone, taken=taken[view.stop.pk])
                for view in stops.of(run)
            ],
        )
        for run in listed
    ]
