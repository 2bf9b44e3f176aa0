"""One run as it was driven: beside what was planned, what the driver did at each stop."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from drivers.models import StopAction
from drivers.selectors.road import FollowedRun
from drivers.selectors.told_acts import OF_ITS_WORDS, ToldAct, told_acts
from scheduling.models import Job, Run, Stop

What = StopAction.What


@dataclass(frozen=True)
class DrivenStop:
    """A job of a run with all that was done there, in its order.

    ``stop`` is where it stands now, and ``number`` its place there; ``None``: the office has put it
    elsewhere since, or nobody took anything.
    """

    run: Run
    job: Job
    acts: Sequence[ToldAct]
    stop: Stop | None = None
    number: int | None = None

    @cached_property
    def visit(self) -> list[StopAction]:
        """What counts of the last time that the driver drove there: each time ends in one way."""
        counting = [one.action for one in self.acts if one.counts]
        ends = [at for at, act in enumerate(counting, 1) if act.what in StopAction.ENDING]
        earlier = ends if self.is_open else ends[:-1]
        return counting[earlier[-1] :] if earlier else counting

    @property
    def is_open(self) -> bool:
        """It is still to be driven to, maybe once more."""
        return self.stop is not None and self.stop.done_at is None and self.job.is_open

    @cached_property
    def end(self) -> StopAction | None:
        """The act by which it ended, where the driver has said so."""
        return next((act for act in self.visit if act.what in StopAction.ENDING), None)

    @cached_property
    def over_at(self) -> dt.datetime | None:
        """When it was over; where no driver has said so, by what Odoo says."""
        if self.end is not None:
            return self.end.done_at
        return self.stop.done_at if self.stop else None

    @property
    def on_my_way_at(self) -> dt.datetime | None:
        """When the driver set out."""
        return self._first(What.ON_MY_WAY)

    @cached_property
    def arrived_at(self) -> dt.datetime | None:
        """When the driver was there, as far as that was said."""
        return self._first(What.ARRIVED)

    @property
    def window(self) -> tuple[dt.datetime, dt.datetime] | None:
        """From when until when the customer takes it, if that is of the run's day."""
        return self.job.window_on(self.run.day)

    @property
    def minutes_there(self) -> int | None:
        """From the arrival to the end."""
        if self.over_at is None or self.arrived_at is None or self.over_at < self.arrived_at:
            return None
        return int((self.over_at - self.arrived_at).total_seconds() // 60)

    @property
    def minutes_late(self) -> int | None:
        """How long after the window the driver was there, or done; ``None``: within it."""
        came = self.arrived_at or self.over_at
        if came is None or self.window is None:
            return None
        return max(int((came - self.window[1]).total_seconds() // 60), 0) or None

    def _first(self, what: StopAction.What) -> dt.datetime | None:
        return next((act.done_at for act in self.visit if act.what == what), None)


@dataclass(frozen=True)
class DrivenRun(FollowedRun):
    """Its stops, and in ``acts`` what was done about the run alone."""

    stops: list[DrivenStop]
    acts: list[ToldAct]


def driven_run(run: Run) -> DrivenRun:
    """Return it; five queries at most, however many stops and acts there are."""
    stops = run.stops.select_related("job__place", *(f"job__{name}" for name in Job.OF_A_NAME))
    planned = {stop.job_id: stop for stop in stops.order_by("position")}
    listed = run.actions.select_related("decision__by", "job__place", *OF_ITS_WORDS)
    acts: defaultdict[int | None, list[ToldAct]] = defaultdict(list)
    for told in told_acts(listed.order_by("done_at", "pk")):
        acts[told.action.job_id].append(told)
    shown = [
        DrivenStop(run, stop.job, acts[stop.job_id], stop, number)
        for number, stop in enumerate(planned.values(), 1)
    ]
    left = [here[0].action.job for key, here in acts.items() if key not in planned]
    shown += [DrivenStop(run, job, acts[job.pk]) for job in left if job]
    return DrivenRun(run, timezone.now(), shown, acts[None])
