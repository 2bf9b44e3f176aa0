"""The shared inbox: who is talked with, the latest first."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch, Q, QuerySet

from crm_intake.models import (
    Conversation,
    Lead,
    OfficeTask,
    OutgoingText,
    Person,
    PhoneNumber,
)
from crm_intake.selectors.found_words import people_who_said
from portal.accounts.models import User
from portal.core.phone import for_people

MOST = 60
State = Conversation.State
UNSENT = (OutgoingText.State.HELD, OutgoingText.State.UNKNOWN)


class Show(StrEnum):
    """Which conversations are listed."""

    OPEN = "open"
    UNREAD = "unread"
    MISSED = "missed"
    HELD = "held"
    TASKS = "tasks"
    MINE = "mine"
    SPAM = "spam"
    DONE = "done"


@dataclass(frozen=True)
class ConversationRow:
    """A line of the inbox."""

    conversation: Conversation
    who: str
    number: str
    lead: Lead | None
    waits_since: dt.datetime | None


def conversations(
    *, show: Show, words: str, user: User, waiting: Mapping[int, dt.datetime]
) -> tuple[list[ConversationRow], bool]:
    """Return the latest of those asked for, and whether there are more; three queries.

    :param waiting: since when each caller waits to be called back (``waiting_since``).
    """
    found = _with_words(words) if words else _shown(show, user, waiting)
    numbers = Prefetch("person__numbers", PhoneNumber.objects.order_by("pk"))
    rows = list(
        found.select_related("person", "assigned_to")
        .prefetch_related(numbers)
        .order_by("-last_at", "-pk")[: MOST + 1]
    )
    leads = _latest_leads([row.person_id for row in rows])
    listed = [_row(one, leads.get(one.person_id), waiting.get(one.person_id)) for one in rows]
    return listed[:MOST], len(listed) > MOST


def _shown(show: Show, user: User, waiting: Collection[int]) -> QuerySet[Conversation]:
    still_open = Q(state=State.OPEN, person__suspicion__in=Person.HEARD)
    unsent = OutgoingText.objects.filter(state__in=UNSENT).values("person")
    asked_about = OfficeTask.objects.filter(done_at=None).values("message__person")
    which = {
        Show.OPEN: still_open,
        Show.UNREAD: still_open & Q(unread__gt=0),
        Show.MISSED: Q(person__in=list(waiting)),
        Show.HELD: Q(person__in=unsent),
        Show.TASKS: Q(person__in=asked_about),
        Show.MINE: still_open & Q(assigned_to=user),
        Show.SPAM: Q(person__suspicion__in=Person.SPAM),
        Show.DONE: Q(state=State.DONE),
    }
    return Conversation.objects.filter(which[show])


def _with_words(words: str) -> QuerySet[Conversation]:
    """Search names, numbers, and the words of texts, calls and notes."""
    digits = "".join(one for one in words if one.isdecimal())
    by_number = Q(person__numbers__number__contains=digits) if len(digits) > 2 else Q(pk=None)
    by_words = Q(person__in=people_who_said(words))
    return Conversation.objects.filter(
        by_number | by_words | Q(person__name__icontains=words)
    ).distinct()


def _latest_leads(people: Sequence[int]) -> dict[int, Lead]:
    leads = Lead.objects.filter(person__in=people).select_related("record")
    latest = leads.order_by("person", "-pk").distinct("person")
    return {lead.person_id: lead for lead in latest if lead.person_id is not None}


def _row(
    conversation: Conversation, lead: Lead | None, waits_since: dt.datetime | None
) -> ConversationRow:
    numbers = [for_people(one.number) for one in conversation.person.numbers.all()]
    number = numbers[0] if numbers else ""
    who = conversation.person.name or number
    return ConversationRow(conversation, who, number, lead, waits_since)
