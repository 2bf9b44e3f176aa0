"""The runs of a day as the office follows them, and what of them a person has to decide."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from drivers.models import Drive, StopAction
from drivers.selectors.done import done_on
from drivers.selectors.gaps import Lacking, lacking
from drivers.selectors.load_checks import LoadCheck, odd_loads
from drivers.selectors.lost_links import LostLink, links_to_settle
from drivers.selectors.open_acts import open_acts
from drivers.selectors.told_acts import OF_AN_ACT, ToldAct
from scheduling.models import Job, Run

SILENT = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class FollowedRun:
    """A run, and when its phone was heard."""

    run: Run
    now: dt.datetime

    @property
    def drive(self) -> Drive | None:
        """What the driver said of it; ``None`` until the phone was heard."""
        return getattr(self.run, "drive", None)

    @property
    def is_under_way(self) -> bool:
        """The driver has begun it, and not ended."""
        return is_under_way(self.drive)

    @property
    def silent_since(self) -> dt.datetime | None:
        """Since when nothing was heard of a run that is under way; ``None`` while it is."""
        return silent_since(self.drive, self.now)


@dataclass(frozen=True)
class RoadRun(FollowedRun):
    """How far it is, and what is odd about it."""

    stops: int
    done: int
    last: StopAction | None
    lacking: list[Lacking] = field(default_factory=list)
    odd_load: LoadCheck | None = None

    @property
    def late(self) -> int | None:
        """How many minutes after its time it began, or has not begun by now.

        ``None``: it is in time, or of a day that is over and was never begun.
        """
        began = self.drive.started_at if self.drive else None
        if began is None and self.run.day < timezone.localdate(self.now):
            return None
        minutes = int(((began or self.now) - self.run.starts_at).total_seconds() // 60)
        return minutes if minutes > 0 and self.stops else None


@dataclass(frozen=True)
class Road:
    """A day's runs, those under way first, and what is to be decided, the oldest first."""

    day: dt.date
    runs: list[RoadRun]
    open_acts: list[ToldAct]
    lost_links: list[LostLink]

    @property
    def to_decide(self) -> int:
        """How much waits for somebody."""
        return len(self.open_acts) + len(self.lost_links)

    @property
    def keys(self) -> set[str]:
        """What the page calls all that waits."""
        return {one.key for one in self.open_acts} | {one.key for one in self.lost_links}

    @property
    def odd_runs(self) -> list[RoadRun]:
        """Those on which something is missing, or the load is another one."""
        return [one for one in self.runs if one.lacking or one.odd_load]


def is_under_way(drive: Drive | None) -> bool:
    """Say whether the driver has begun, and not ended."""
    return drive is not None and drive.started_at is not None and drive.ended_at is None


def silent_since(drive: Drive | None, now: dt.datetime) -> dt.datetime | None:
    """Return since when nothing was heard of a run under way; ``None`` while it is heard."""
    if drive is None or not is_under_way(drive) or now - drive.heard_at <= SILENT:
        return None
    return drive.heard_at


def road_of(*, day: dt.date) -> Road:
    """Return the day; as many queries however many runs and acts there are."""
    runs = Run.objects.filter(day=day).select_related("truck__vehicle", "driver__user", "drive")
    wanted = ~Q(stops__job__state=Job.State.CANCELLED) & Q(stops__isnull=False)
    latest = StopAction.objects.filter(run=OuterRef("pk")).order_by("-done_at", "-pk")
    runs = runs.annotate(
        wanted=Count("stops", filter=wanted),
        done=Count("stops", filter=Q(stops__done_at__isnull=False)),
        last=Subquery(latest.values("pk")[:1]),
    )
    listed = list(runs.order_by("starts_at", "pk"))
    last = StopAction.objects.select_related(*OF_AN_ACT).in_bulk(
        [run.last for run in listed if run.last]
    )
    now, done = timezone.now(), done_on(listed)
    gaps, loads = lacking(done), {one.run_id: one for one in odd_loads(done)}
    shown = [
        RoadRun(
            *(run, now, run.wanted, run.done, last.get(run.last) if run.last else None),
            lacking=[one for one in gaps if one.run_id == run.pk],
            odd_load=loads.get(run.pk),
        )
        for run in listed
        if run.wanted or run.last
    ]
    in_order = sorted(shown, key=lambda one: not one.is_under_way)
    return Road(day, in_order, open_acts(), links_to_settle(now=now))
