"""Where a driver was and handed over nothing: it stays on the phone while the run does."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from drivers.models import StopAction
from scheduling.models import Job, Run, Stop
from scheduling.selectors.board import StopCard
from scheduling.selectors.jobs import OF_A_CARD, card_of

LEAVING = (StopAction.What.REFUSED, StopAction.What.NOBODY)


@dataclass(frozen=True)
class LeftStop:
    """A job that went off the run as nobody took anything; ``acts`` are those at its stop there."""

    run: Run
    job: Job
    acts: Sequence[StopAction]

    @property
    def card(self) -> StopCard:
        """Its stop as it might have stayed, with no money to collect; the goods are loaded."""
        stop = Stop(uuid=self.acts[0].uuid, run=self.run, job=self.job)
        return StopCard(stop, number=0, card=card_of(self.job), collect=Decimal(0), odoo="")


def left_stops(runs: Iterable[Run]) -> list[LeftStop]:
    """Return what went off these runs so, first what was left first; at most one query.

    One that is on the same run again is to be driven to. The runs' acts are loaded.
    """
    acts: defaultdict[tuple[Run, int], list[StopAction]] = defaultdict(list)
    for run in runs:
        for act in run.actions.all():
            if act.job_id is not None and act.stop_id is None:
                acts[run, act.job_id].append(act)
    left = [(end.pk, run, key) for (run, key), here in acts.items() if (end := leaving(here))]
    jobs = Job.objects.select_related("stop", *OF_A_CARD).in_bulk([key for *_, key in left])
    return [
        LeftStop(run, jobs[key], acts[run, key])
        for _end, run, key in sorted(left, key=itemgetter(0))
        if not _is_on(run, jobs[key])
    ]


def leaving(acts: Iterable[StopAction]) -> StopAction | None:
    """Return the last act that counts by which nothing was handed over; in their order."""
    left = [act for act in acts if act.what in LEAVING and _counts(act)]
    return left[-1] if left else None


def left_told(act: StopAction) -> dict[str, Any]:
    """Return what the driver said then."""
    return {"what": act.what, "reason": str(act.details.get("reason", ""))}


def _counts(act: StopAction) -> bool:
    decision = getattr(act, "decision", None)
    return act.verdict == StopAction.Verdict.APPLIED or bool(decision and decision.counts)


def _is_on(run: Run, job: Job) -> bool:
    stop: Stop | None = getattr(job, "stop", None)
    return stop is not None and stop.run_id == run.pk
