"""Keep in mind what is wrong with the runs that are planned."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.core.changes import touch
from scheduling.models import Job, Run, Stop
from scheduling.selectors.run_problems import problems_of_runs

CHECK_RUNS = "scheduling.tasks.check_runs"
AT_ONCE = 50  # runs


def check_runs(*run_ids: int) -> int:
    """Judge these runs anew, in the transaction that has changed them.

    The board shows what was found without judging itself. Returns how many runs and stops have
    other problems than before.
    """
    changed = 0
    for run, found in problems_of_runs(set(run_ids)).values():
        changed += _keep(run, found.as_kept())
        for stop in run.stops.all():
            changed += _keep(stop, found.as_kept(stop))
    if changed:
        touch("board")
    return changed


def check_coming_runs() -> int:
    """Judge all runs from yesterday on, and late ones: what they depend on may have changed.

    A run that somebody changes right now is judged by whoever changes it.
    """
    stops = Stop.objects.filter(run=OuterRef("pk"))
    late = Exists(stops.filter(done_at=None, job__state=Job.State.SCHEDULED))
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    coming = Run.objects.filter(Q(day__gte=yesterday) | late).filter(Exists(stops))
    keys = list(coming.order_by("pk").values_list("pk", flat=True))
    return sum(_check(keys[n : n + AT_ONCE]) for n in range(0, len(keys), AT_ONCE))


@transaction.atomic
def _check(run_ids: Iterable[int]) -> int:
    free = Run.objects.select_for_update(skip_locked=True).filter(pk__in=list(run_ids))
    return check_runs(*free.order_by("pk").values_list("pk", flat=True))


def _keep(row: Run | Stop, problems: list[dict[str, object]]) -> bool:
    if row.problems == problems:
        return False
    # A row that somebody has deleted meanwhile needs no judgement.
    return bool(type(row).objects.filter(pk=row.pk).update(problems=problems))
