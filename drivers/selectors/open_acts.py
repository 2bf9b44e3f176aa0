"""What drivers did, or told, that a person at the office has to decide."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from drivers.models import StopAction
from scheduling.models import Job

MOST = 100
Verdict, What = StopAction.Verdict, StopAction.What
OF_AN_ACT = tuple(f"job__{name}" for name in Job.OF_A_NAME)


@dataclass(frozen=True)
class OpenAct:
    """An act that waits for somebody."""

    action: StopAction

    @property
    def key(self) -> str:
        """What the page calls it."""
        return f"act-{self.action.pk}"


def acts_to_decide() -> QuerySet[StopAction]:
    """Return what the server could not let count, and what a driver wants the office to see to."""
    told = Q(what=What.ISSUE) | Q(what=What.VEHICLE) & ~Q(details__defects="")
    undecided = StopAction.objects.filter(decision=None)
    return undecided.filter(Q(verdict__in=(Verdict.KEPT, Verdict.REFUSED)) | told)


def open_acts() -> list[OpenAct]:
    """Return what is to be decided, the oldest first, with what a page says of it."""
    acts = acts_to_decide().select_related("by", "run__truck__vehicle", "proof", *OF_AN_ACT)
    return [OpenAct(act) for act in acts.order_by("pk")[:MOST]]
