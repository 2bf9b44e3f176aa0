"""Calls that nobody took, until somebody has called back or answered otherwise."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from crm_intake.ledger.kinds import IMPORTED
from crm_intake.models import Call, Conversation, Message, OutgoingText, Person

FORGOTTEN_AFTER = dt.timedelta(days=14)


def calls_to_return() -> QuerySet[Call]:
    """Return the missed calls after which nobody has talked with the caller, the oldest first.

    A conversation that somebody has closed since needs no call back, nor what another program has
    told of long after.
    """
    of_the_caller = {"person": OuterRef("person")}
    since = OuterRef("occurred_at")
    talked = Call.objects.filter(
        Q(outgoing=True) | Q(answered_at__isnull=False), **of_the_caller, occurred_at__gt=since
    )
    wrote = Message.objects.filter(
        **of_the_caller, direction=Message.Direction.OUT, occurred_at__gt=since
    )
    texted = OutgoingText.objects.filter(
        **of_the_caller, state__in=OutgoingText.ARRIVED, created_at__gt=since
    )
    closed = Conversation.objects.filter(**of_the_caller, state=Conversation.State.DONE)
    return (
        Call.objects.filter(
            ~Exists(talked),
            ~Exists(wrote),
            ~Exists(texted),
            ~Exists(closed),
            missed=True,
            person__isnull=False,
            occurred_at__gt=timezone.now() - FORGOTTEN_AFTER,
        )
        .exclude(provider=IMPORTED)
        .exclude(person__suspicion=Person.Suspicion.SPAM)
        .select_related("person")
        .order_by("occurred_at", "pk")
    )


def waiting_since() -> dict[int, dt.datetime]:
    """Return since when each caller waits to be called back, by the person's key; one query."""
    latest_first = calls_to_return().order_by("-occurred_at", "-pk")
    return {call.person_id or 0: call.occurred_at for call in latest_first}
