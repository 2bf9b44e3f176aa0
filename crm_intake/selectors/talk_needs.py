"""What of the talk with people needs somebody of the office."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from crm_intake.models import Conversation, OfficeTask, OutgoingText, Person
from crm_intake.selectors.nameless import nameless

A_PERSON_AFTER = dt.timedelta(minutes=10)
State = OutgoingText.State


@dataclass(frozen=True)
class TalkNeeds:
    """How many of each.

    ``unread`` are conversations, and texts of nobody that nobody has seen to. ``lost`` are texts of
    which nobody knows whether they went out, ``suspected`` people who may be spam and have not been
    looked at.
    """

    missed: int = 0
    longest_since: dt.datetime | None = None
    unread: int = 0
    held: int = 0
    lost: int = 0
    tasks: int = 0
    suspected: int = 0

    def __bool__(self) -> bool:
        talk = self.missed or self.unread or self.suspected
        return bool(talk or self.held or self.lost or self.tasks)


def talk_needs(missed: Mapping[int, dt.datetime]) -> TalkNeeds:
    """Return them; six queries.

    :param missed: since when each caller waits to be called back (``waiting_since``).
    """
    conversations = Conversation.objects.filter(unread__gt=0)
    heard = conversations.filter(state=Conversation.State.OPEN, person__suspicion__in=Person.HEARD)
    under_way = OutgoingText.objects.filter(state=State.UNKNOWN)
    return TalkNeeds(
        missed=len(missed),
        longest_since=min(missed.values(), default=None),
        unread=heard.count() + nameless().filter(done_at=None).count(),
        held=OutgoingText.objects.filter(state=State.HELD).count(),
        lost=under_way.filter(handed_over_at__lt=doubted_since()).count(),
        tasks=OfficeTask.objects.filter(done_at=None).count(),
        suspected=conversations.filter(person__suspicion=Person.Suspicion.SUSPECTED).count(),
    )


def doubted_since() -> dt.datetime:
    """Return the moment since which a lost answer is for a person to decide about."""
    return timezone.now() - A_PERSON_AFTER
