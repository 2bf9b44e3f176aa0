"""A lead, here and for Odoo: a new one, or a word more for the one that is open."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from crm_intake.models import Call, Lead, Message, Person
from crm_intake.selectors.rules import intake_rules
from crm_intake.services.choose_owner import choose_owner
from odoo_bridge.commands import About, AddNote
from odoo_bridge.models import LeadRecord
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.customers import customers_with
from odoo_bridge.selectors.leads import shown_leads
from odoo_bridge.services.promise_lead import promise_lead
from portal.core.phone import for_people

LONGEST = 10_000  # letters: what is longer was not typed on a telephone


def lead_of_texts(messages: Sequence[Message]) -> Lead:
    """Let texts of one sender, at least one, be a lead, or a word more for the open one."""
    first = messages[0]
    title = f"Text from {for_people(first.sender) or 'an unknown number'}"
    words = "\n".join(message.text for message in messages)
    return make_lead(title=title, text=words, person=first.person, said=first)


@transaction.atomic
def make_lead(
    *,
    title: str,
    text: str,
    person: Person | None,
    said: Message | Call,
) -> Lead:
    """Promise Odoo what was said in a text or a call.

    It goes to the person's open lead as a note; without one it is a lead of its own.
    """
    words = text if len(text) <= LONGEST else f"{text[:LONGEST]} … (cut)"
    lead = open_lead_of(person)
    if lead is not None:
        note_on_lead(lead, f"{title}\n{words}")
    else:
        theirs, ours = _ends_of(said)
        record = promise_lead(
            title=title,
            text=words,
            phone=theirs,
            contact_name=name_of(person),
            owner_odoo_id=choose_owner(called=ours, caller=theirs),
        )
        origin = {"message": said} if isinstance(said, Message) else {"call": said}
        lead = Lead.objects.create(person=person, record=record, **origin)
    said.told_lead = lead
    said.save(update_fields=["told_lead"])
    return lead


def note_on_lead(lead: Lead, text: str) -> None:
    """Promise Odoo a note on a lead, in the caller's transaction."""
    key = uuid.uuid4()
    note = AddNote(about=About.LEAD, about_uuid=lead.record.uuid, note_uuid=key, text=text)
    enqueue(note, by=None)


def _ends_of(said: Message | Call) -> tuple[str, str]:
    """Return their number and ours, as they were given."""
    if isinstance(said, Message):
        return said.sender, said.recipient
    return said.caller, said.callee


def open_lead_of(person: Person | None) -> Lead | None:
    """Return the person's open lead, with the person locked: two texts at once make one lead.

    One whose end Odoo was promised is not open any more.
    """
    if person is None:
        return None
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    return next(iter(open_leads_of([person])), None)


def open_leads_of(people: Collection[Person]) -> list[Lead]:
    """Return all of theirs that are open, the latest first; the people are locked."""
    days = dt.timedelta(days=intake_rules().new_lead_after_days)
    still_open = Lead.objects.filter(
        person__in=people,
        created_at__gt=timezone.now() - days,
        record__active=True,
        record__closed_at=None,
        record__deleted_at=None,
    )
    shown = shown_leads(LeadRecord.objects.filter(lead__in=still_open))
    records = [one.record for one in shown if one.is_open]
    leads = Lead.objects.filter(record__in=records).select_related("record")
    return list(leads.order_by("-pk"))


def name_of(person: Person | None) -> str:
    """Return the name under which somebody is known, here or in Odoo; empty where several are."""
    if person is None or person.name:
        return person.name if person else ""
    numbers = person.numbers.values_list("number", flat=True)
    names = {one.shown_name for one in customers_with(phones=list(numbers))}
    return names.pop() if len(names) == 1 else ""
