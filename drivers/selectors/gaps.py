"""What was wanted of the drivers and is not there, of runs that are begun and stops that are over.

It follows from the acts and from what is wanted now: what comes later closes a gap by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from drivers.models import Requirement
from drivers.selectors.done import Done, What
from drivers.selectors.needs import ASKED, Needs, wanted
from scheduling.models import Job, Stop
from scheduling.selectors.collect import what_to_collect
from scheduling.selectors.jobs import load_goods

Act, Level = Requirement.Act, Requirement.Level
# Nobody signs or pays where nobody is. Who does not want it has said so, and the driver why.
WANTED_BEFORE: Mapping[str, tuple[str, ...]] = {
    What.STARTED: (Act.VEHICLE, Act.LOADED),
    What.DELIVERED: (Act.ON_MY_WAY, Act.ARRIVED, Act.PHOTO, Act.SIGNED, Act.NOTED, Act.COLLECTED),
    What.NOBODY: (Act.PHOTO,),
}


@dataclass(frozen=True)
class Gap:
    """An act that is not there, in words."""

    words: str
    is_required: bool


@dataclass(frozen=True)
class Lacking:
    """A run, or one of its jobs, with what is missing there, and why the driver went on."""

    run_id: int
    job: Job | None
    gaps: list[Gap]
    why: str


def lacking(done: Sequence[Done]) -> list[Lacking]:
    """Return what is missing of all that was done; four queries at most."""
    wants = wanted()
    over = [one for one in done if _may_lack(one, wants.ever_asked)]
    jobs = _jobs_of(over)
    of_runs: defaultdict[int, list[Job]] = defaultdict(list)
    for each in jobs.values():
        if stop := getattr(each, "stop", None):
            of_runs[stop.run_id].append(each)
    due = _due_of(one.job_id for one in over if Act.COLLECTED not in one.did)
    found = []
    for one in over:
        job = jobs[one.job_id] if one.job_id else None
        needs = wants.of_run(of_runs[one.run_id]) if job is None else wants.of_stop(job)
        if gaps := _gaps(one, needs, is_due=due.get(one.job_id, Decimal(0)) > 0):
            found.append(Lacking(one.run_id, job, gaps, one.why))
    return found


def _may_lack(one: Done, asked: frozenset[str]) -> bool:
    return bool(one.ends and asked.intersection(WANTED_BEFORE[one.ends]) - one.did)


def _gaps(one: Done, needs: Needs, *, is_due: bool) -> list[Gap]:
    return [
        Gap(Act(act).label, is_required=needs[act] == Level.REQUIRED)
        for act in WANTED_BEFORE[one.ends]
        if needs[act] in ASKED and act not in one.did and (is_due or act != Act.COLLECTED)
    ]


def _jobs_of(over: Sequence[Done]) -> dict[int, Job]:
    """Return these jobs, and those of the runs alone, with what they bring; two queries."""
    keys = [one.job_id for one in over if one.job_id]
    runs = [one.run_id for one in over if not one.job_id]
    whose = Q(pk__in=keys) | Q(stop__run__in=runs) & ~Q(state=Job.State.CANCELLED)
    jobs = Job.objects.filter(whose).select_related("stop", "picking", *Job.OF_A_NAME)
    found = {job.pk: job for job in jobs.order_by("pk")}
    load_goods(list(found.values()))
    return found


def _due_of(jobs: Iterable[int | None]) -> dict[int | None, Decimal]:
    stops = Stop.objects.filter(job__in=[key for key in jobs if key])
    return dict(stops.annotate(collect=what_to_collect()).values_list("job_id", "collect"))
