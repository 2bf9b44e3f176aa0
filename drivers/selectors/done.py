"""What drivers did on runs and at their stops, by the acts that were not refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from drivers.models import StopAction
from drivers.selectors.left_stops import LEAVING
from scheduling.models import Run

What, Verdict = StopAction.What, StopAction.Verdict
ENDS = (What.STARTED, What.DELIVERED, What.NOBODY)  # before these something may be wanted


@dataclass
class Done:
    """What was done of a run alone, or at one of its stops; ``ends`` is the last of ``ENDS``.

    ``why`` are the driver's words for what he left out, ``loaded`` the details of the load check.
    ``was_left``: nobody took anything there.
    """

    run_id: int
    job_id: int | None
    did: set[str] = field(default_factory=set)
    ends: str = ""
    why: str = ""
    loaded: Mapping[str, Any] = field(default_factory=dict)
    was_left: bool = False

    def add(self, what: str, details: Mapping[str, Any], *, counts: bool) -> None:
        """Take in an act; they come in their order."""
        self.did.add(what)
        if what in ENDS and counts:
            self.ends, self.why = what, details.get("why", "")
        if what == What.NOTED and details.get("instead_of"):
            self.why = details["text"]
        if what == What.LOADED:
            self.loaded = details
        self.was_left |= what in LEAVING and counts


def done_on(runs: Iterable[Run]) -> list[Done]:
    """Return what was done on these runs: each run's own acts, and those at each stop; one query.

    What was kept for the office ends nothing until that lets it count.
    """
    acts = StopAction.objects.filter(run__in=runs).exclude(verdict=Verdict.REFUSED)
    named = ("run_id", "job_id", "what", "details", "verdict", "decision__counts")
    found: dict[tuple[int | None, int | None], Done] = {}
    for run_id, job_id, what, details, verdict, decided in acts.order_by("pk").values_list(*named):
        assert run_id is not None  # noqa: S101 - they are asked for by their run
        one = found.setdefault((run_id, job_id), Done(run_id, job_id))
        one.add(what, details, counts=verdict == Verdict.APPLIED or bool(decided))
    return list(found.values())
