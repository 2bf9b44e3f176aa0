"""What came in, newest first."""

import datetime as dt
from dataclasses import dataclass

from crm_intake.models import Call, Lead, Message
from portal.core.phone import for_people

MOST = 100
SHOWN = 1500  # letters: as much as a provider would ever join of one text


@dataclass(frozen=True)
class InboxRow:
    """A text or a missed call, and its lead."""

    who: str
    number: str
    is_call: bool
    text: str
    is_cut: bool
    is_stop: bool
    has_person: bool
    lead: Lead | None
    occurred_at: dt.datetime


def inbox_rows() -> list[InboxRow]:
    """Return the latest texts and missed calls; two queries."""
    related = ("person", "lead__record")
    texts = Message.objects.select_related(*related).order_by("-occurred_at", "-pk")[:MOST]
    calls = Call.objects.filter(missed=True).select_related(*related)
    rows = [_of_text(message) for message in texts]
    rows += [_of_call(call) for call in calls.order_by("-occurred_at", "-pk")[:MOST]]
    return sorted(rows, key=lambda row: row.occurred_at, reverse=True)[:MOST]


def _of_text(message: Message) -> InboxRow:
    return InboxRow(
        who=message.person.name if message.person else "",
        number=for_people(message.sender),
        is_call=False,
        text=message.text[:SHOWN],
        is_cut=len(message.text) > SHOWN,
        is_stop=message.is_stop,
        has_person=message.person is not None,
        lead=getattr(message, "lead", None),
        occurred_at=message.occurred_at,
    )


def _of_call(call: Call) -> InboxRow:
    return InboxRow(
        who=call.person.name if call.person else "",
        number=for_people(call.caller),
        is_call=True,
        text="",
        is_cut=False,
        is_stop=False,
        has_person=call.person is not None,
        lead=getattr(call, "lead", None),
        occurred_at=call.occurred_at,
    )
