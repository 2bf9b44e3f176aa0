"""One run as it was driven: beside what was planned, what the driver did at each stop."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from drivers.models import Drive, StopAction
from drivers.selectors.road import is_under_way, silent_since
from drivers.selectors.told_acts import OF_ITS_WORDS, ToldAct, told_acts
from scheduling.models import Job, Run

What = StopAction.What
ENDS = (What.DELIVERED, What.REFUSED, What.NOBODY)


@dataclass(frozen=True)
class DrivenStop:
    """A job of a run with all that was done there, in its order.

    ``number`` is its place on the run; ``None``: the office has put it elsewhere since, or nobody
    took anything.
    """

    job: Job
    number: int | None
    acts: Sequence[ToldAct]

    @cached_property
    def end(self) -> StopAction | None:
        """The last act that counts by which the stop ended."""
        ended = [one.action for one in self.acts if one.counts and one.action.what in ENDS]
        return ended[-1] if ended else None

    @property
    def on_my_way_at(self) -> dt.datetime | None:
        """When the driver set out."""
        return self._first(What.ON_MY_WAY)

    @cached_property
    def arrived_at(self) -> dt.datetime | None:
        """When the driver was there, as far as that was said."""
        return self._first(What.ARRIVED)

    @property
    def minutes_there(self) -> int | None:
        """From the arrival to the end."""
        if self.end is None or self.arrived_at is None or self.end.done_at < self.arrived_at:
            return None
        return int((self.end.done_at - self.arrived_at).total_seconds() // 60)

    @property
    def minutes_late(self) -> int | None:
        """How long after the customer's window the driver came; ``None``: within it."""
        came = self.arrived_at or (self.end.done_at if self.end else None)
        if came is None or self.job.window_until is None:
            return None
        return max(int((came - self.job.window_until).total_seconds() // 60), 0) or None

    def _first(self, what: StopAction.What) -> dt.datetime | None:
        found = (one.action.done_at for one in self.acts if one.counts and one.action.what == what)
        return next(found, None)


@dataclass(frozen=True)
class DrivenRun:
    """A run, its stops, and in ``acts`` what was done about the run alone."""

    run: Run
    stops: list[DrivenStop]
    acts: list[ToldAct]
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
        """Since when nothing was heard of it; ``None`` while it is, and when it is not driven."""
        return silent_since(self.drive, self.now)


def driven_run(run: Run) -> DrivenRun:
    """Return it; five queries at most, however many stops and acts there are."""
    stops = run.stops.select_related("job__place", *(f"job__{name}" for name in Job.OF_A_NAME))
    planned = [stop.job for stop in stops.order_by("position")]
    listed = run.actions.select_related("decision", "job__place", *OF_ITS_WORDS)
    acts: defaultdict[int | None, list[ToldAct]] = defaultdict(list)
    for told in told_acts(listed.order_by("done_at", "pk")):
        acts[told.action.job_id].append(told)
    numbers: dict[int | None, int] = {job.pk: at for at, job in enumerate(planned, 1)}
    left = [here[0].action.job for key, here in acts.items() if key not in numbers]
    jobs = [*planned, *(job for job in left if job)]
    shown = [DrivenStop(job, numbers.get(job.pk), acts[job.pk]) for job in jobs]
    return DrivenRun(run, shown, acts[None], timezone.now())
