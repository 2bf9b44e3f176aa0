"""The shared inbox: who is talked with, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, Q, QuerySet

from crm_intake.models import Conversation, Lead, Message, OfficeTask, PhoneNumber
from crm_intake.models.talk import WORDS
from portal.accounts.models import User
from portal.core.phone import for_people

MOST = 60
MOST_FOUND = 500  # texts that a search looks at
State = Conversation.State


class Show(StrEnum):
    """Which conversations are listed."""

    OPEN = "open"
    UNREAD = "unread"
    MINE = "mine"
    DONE = "done"


@dataclass(frozen=True)
class ConversationRow:
    """A line of the inbox."""

    conversation: Conversation
    who: str
    number: str
    lead: Lead | None


def conversations(*, show: Show, words: str, user: User) -> list[ConversationRow]:
    """Return those that are asked for; four queries, however many there are."""
    found = _with_words(words) if words else _shown(show, user)
    numbers = Prefetch("person__numbers", PhoneNumber.objects.order_by("pk"))
    rows = list(
        found.select_related("person", "assigned_to")
        .prefetch_related(numbers)
        .order_by("-last_at", "-pk")[:MOST]
    )
    leads = _latest_leads([row.person_id for row in rows])
    return [_row(one, leads.get(one.person_id)) for one in rows]


def _shown(show: Show, user: User) -> QuerySet[Conversation]:
    if show is Show.DONE:
        return Conversation.objects.filter(state=State.DONE)
    still_open = Conversation.objects.filter(state=State.OPEN)
    if show is Show.UNREAD:
        return still_open.filter(unread__gt=0)
    return still_open.filter(assigned_to=user) if show is Show.MINE else still_open


def _with_words(words: str) -> QuerySet[Conversation]:
    """Search names, numbers, and the words of all texts."""
    digits = "".join(one for one in words if one.isdecimal())
    by_number = Q(person__numbers__number__contains=digits) if len(digits) > 2 else Q(pk=None)
    texts = Message.objects.annotate(found=WORDS).filter(
        found=SearchQuery(words, config="simple", search_type="websearch"), person__isnull=False
    )
    people = texts.order_by("-occurred_at").values_list("person", flat=True)[:MOST_FOUND]
    by_words = Q(person__in=set(people))
    return Conversation.objects.filter(
        by_number | by_words | Q(person__name__icontains=words)
    ).distinct()


def _latest_leads(people: Sequence[int]) -> dict[int, Lead]:
    leads = Lead.objects.filter(person__in=people).select_related("record")
    latest = leads.order_by("person", "-pk").distinct("person")
    return {lead.person_id: lead for lead in latest if lead.person_id is not None}


def _row(conversation: Conversation, lead: Lead | None) -> ConversationRow:
    numbers = [for_people(one.number) for one in conversation.person.numbers.all()]
    number = numbers[0] if numbers else ""
    return ConversationRow(conversation, conversation.person.name or number, number, lead)


def texts_of_nobody() -> list[Message]:
    """Return the latest texts whose sender is no number; one query."""
    nameless = Message.objects.filter(person=None, direction=Message.Direction.IN)
    return list(nameless.select_related("lead__record").order_by("-pk")[:20])


@dataclass(frozen=True)
class InboxFigures:
    """What waits for somebody of the office."""

    unread: int
    tasks: int


def inbox_figures() -> InboxFigures:
    """Return them; two queries."""
    return InboxFigures(
        unread=Conversation.objects.filter(unread__gt=0, state=State.OPEN).count(),
        tasks=OfficeTask.objects.filter(done_at=None).count(),
    )
