"""What drivers did, or told, that a person at the office has to decide."""

from django.db.models import Q, QuerySet

from drivers.models import StopAction
from drivers.selectors.told_acts import OF_ITS_WORDS, ToldAct, told_acts

MOST = 100
Verdict, What = StopAction.Verdict, StopAction.What


def acts_to_decide() -> QuerySet[StopAction]:
    """Return what the server could not let count, and what a driver wants the office to see to."""
    told = Q(what=What.ISSUE) | Q(what=What.VEHICLE) & ~Q(details__defects="")
    undecided = StopAction.objects.filter(decision=None)
    return undecided.filter(Q(verdict__in=(Verdict.KEPT, Verdict.REFUSED)) | told)


def open_acts() -> list[ToldAct]:
    """Return what is to be decided, the oldest first, with what a page says of it.

    Three queries at most.
    """
    found = acts_to_decide().select_related(*OF_ITS_WORDS)
    return told_acts(found.order_by("pk")[:MOST])
