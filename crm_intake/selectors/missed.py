"""Calls that nobody took, until somebody has called back or answered otherwise."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone

from crm_intake.ledger.kinds import IMPORTED
from crm_intake.models import Call, Conversation, Message, OutgoingText, Person

FORGOTTEN_AFTER = dt.timedelta(days=14)
FROM_THE_ID = len("message:") + 1  # where the provider's id begins in the key of a text


def calls_to_return() -> QuerySet[Call]:
    """Return the missed calls after which nobody has talked with the caller, the oldest first.

    A conversation that somebody has closed since needs no call back, nor what another program has
    told of long after. What was sent by itself, as the text to who was missed, is no answer.
    """
    of_the_caller = {"person": OuterRef("person")}
    since = OuterRef("occurred_at")
    talked = Call.objects.filter(
        Q(outgoing=True) | Q(answered_at__isnull=False), **of_the_caller, occurred_at__gt=since
    )
    by_itself = OutgoingText.objects.filter(
        wanted_by=None,
        provider=OuterRef("provider"),
        provider_id=Substr(OuterRef("event_key"), FROM_THE_ID),
    )
    wrote = Message.objects.filter(
        ~Exists(by_itself),
        **of_the_caller,
        direction=Message.Direction.OUT,
        occurred_at__gt=since,
    )
    texted = OutgoingText.objects.filter(
        **of_the_caller,
        wanted_by__isnull=False,
        state__in=OutgoingText.ARRIVED,
        created_at__gt=since,
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
