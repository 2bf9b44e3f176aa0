"""Leads as their page lists them: whose, how old, and what is to be done next."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from crm_intake.models import Conversation, Lead, PhoneNumber
from odoo_bridge.models import LeadRecord, LeadStage, OdooUser, OutboxEntry
from odoo_bridge.models.partner import DIGITS
from odoo_bridge.selectors.leads import ShownLead, shown_leads
from portal.accounts.models import User
from portal.core.phone import for_people, to_e164

MOST = 300
QUIET_AFTER = dt.timedelta(days=7)
STUCK = (OutboxEntry.State.PARKED, OutboxEntry.State.CONFLICT)


class Show(StrEnum):
    """Which leads are listed."""

    OPEN = "open"
    MINE = "mine"
    NOBODYS = "nobodys"
    WON = "won"
    LOST = "lost"


class Step(IntEnum):
    """What is to be done next, the most pressing first."""

    DECIDE = 1
    CALL_BACK = 2
    ANSWER = 3
    GIVE = 4
    QUALIFY = 5
    ASK_AGAIN = 6
    WAIT = 7
    NOTHING = 8

    @property
    def label(self) -> StrOrPromise:
        """What people call it."""
        return LABELS[self]


LABELS: Mapping[Step, StrOrPromise] = {
    Step.DECIDE: _("Decide what Odoo refused"),
    Step.CALL_BACK: _("Call back"),
    Step.ANSWER: _("Answer"),
    Step.GIVE: _("Choose who sees to it"),
    Step.QUALIFY: _("Offer something, or close it"),
    Step.ASK_AGAIN: _("Ask again"),
    Step.WAIT: _("Wait for their answer"),
    Step.NOTHING: _("Nothing"),
}


@dataclass(frozen=True)
class LeadRow:
    """A lead, with the talk with whoever it is of; ``since`` is when it came."""

    lead: ShownLead
    talk: Conversation | None
    who: str
    since: dt.datetime | None
    step: Step

    @property
    def is_pressing(self) -> bool:
        """Whether somebody waits for us."""
        return self.step <= Step.ANSWER


def listed_leads(
    *, show: Show, words: str, user: User, waiting: Mapping[int, dt.datetime]
) -> tuple[list[LeadRow], bool]:
    """Return the newest of those asked for, the most pressing first, and whether there are more.

    Seven queries at most, however many there are.

    :param waiting: since when each caller waits to be called back (``waiting_since``).
    """
    records = _of(_with_words(words), show, user).order_by("-created_at", "-pk")
    listed = lead_rows(records[: MOST + 1], waiting)
    chosen = [row for row in listed[:MOST] if _belongs(row.lead, show, user)]
    if show in {Show.WON, Show.LOST}:
        return chosen, len(listed) > MOST
    chosen.sort(key=lambda row: (row.step, row.since or timezone.now(), row.lead.record.pk))
    return chosen, len(listed) > MOST


def one_lead(key: UUID, waiting: Mapping[int, dt.datetime]) -> LeadRow | None:
    """Return one lead; seven queries at most."""
    return next(
        iter(lead_rows(LeadRecord.objects.filter(uuid=key, deleted_at=None), waiting)), None
    )


def lead_rows(records: QuerySet[LeadRecord], waiting: Mapping[int, dt.datetime]) -> list[LeadRow]:
    """Return the rows of these leads, in their order."""
    leads = shown_leads(records)
    talks = _talks_of([one.record for one in leads])
    now = timezone.now()
    return [_row(one, talks.get(one.record.pk), waiting, now) for one in leads]


def stages_and_owners() -> tuple[list[LeadStage], list[OdooUser]]:
    """Return what a lead may be set to, each in its order; two queries."""
    stages = LeadStage.objects.filter(deleted_at=None).order_by("position", "odoo_id")
    people = OdooUser.objects.filter(deleted_at=None, active=True, is_outsider=False)
    named = people.exclude(odoo_id=None).select_related("contact").order_by("contact__name", "pk")
    return list(stages), list(named)


def _of(records: QuerySet[LeadRecord], show: Show, user: User) -> QuerySet[LeadRecord]:
    """Narrow to what Odoo has there; what was promised and is not done yet is looked at later."""
    won = Q(stage__is_won=True, stage__isnull=False)
    still_open = Q(active=True) & ~won
    which = {
        Show.OPEN: still_open,
        Show.MINE: still_open & Q(owner_odoo_id=user.odoo_user_id, owner__isnull=False),
        Show.NOBODYS: still_open & Q(owner_odoo_id=None),
        Show.WON: won,
        Show.LOST: Q(active=False) & ~won,
    }
    return records.filter(which[show])


def _belongs(lead: ShownLead, show: Show, user: User) -> bool:
    owner = lead.owner.odoo_id if lead.owner else None
    holds = {
        Show.OPEN: lead.is_open,
        Show.MINE: lead.is_open and owner == user.odoo_user_id,
        Show.NOBODYS: lead.is_open and owner is None,
    }
    return holds.get(show, lead.ending == show)


def _with_words(words: str) -> QuerySet[LeadRecord]:
    """Search titles, names, addresses and numbers, however Odoo writes these."""
    records = LeadRecord.objects.filter(deleted_at=None).alias(digits=DIGITS)
    for word in words.split():
        digits = "".join(one for one in word if one.isdecimal())
        records = records.filter(
            Q(name__icontains=word)
            | Q(contact_name__icontains=word)
            | Q(customer__name__icontains=word)
            | (Q(digits__contains=digits) if len(digits) > 2 else Q(pk=None))
            | Q(email__icontains=word)
        )
    return records


def _talks_of(records: Sequence[LeadRecord]) -> dict[int, Conversation]:
    """Return the talk behind each lead: with whom it came from, else with whose number it has."""
    people = dict(
        Lead.objects.filter(record__in=records).values_list("record", "person").exclude(person=None)
    )
    country = settings.BUSINESS_COUNTRY
    numbers = {one.pk: to_e164(one.phone, country=country) for one in records if one.phone}
    owners = dict(
        PhoneNumber.objects.filter(number__in=set(numbers.values())).values_list("number", "person")
    )
    for key, number in numbers.items():
        if key not in people and number in owners:
            people[key] = owners[number]
    talks = Conversation.objects.filter(person__in=set(people.values())).select_related("person")
    by_person = {one.person_id: one for one in talks}
    return {key: by_person[who] for key, who in people.items() if who in by_person}


def _row(
    lead: ShownLead,
    talk: Conversation | None,
    waiting: Mapping[int, dt.datetime],
    now: dt.datetime,
) -> LeadRow:
    record = lead.record
    name = record.contact_name or (record.customer.shown_name if record.customer else "")
    who = (talk.person.name if talk else "") or name or for_people(record.phone) or record.name
    return LeadRow(lead, talk, who, record.created_at, _step(lead, talk, waiting, now))


def _step(
    lead: ShownLead,
    talk: Conversation | None,
    waiting: Mapping[int, dt.datetime],
    now: dt.datetime,
) -> Step:
    """Return the most pressing thing to do."""
    ours = talk is not None and talk.last_was_ours
    open_talk = talk if talk and talk.state == Conversation.State.OPEN else None
    theirs = open_talk is not None and (bool(open_talk.unread) or not ours)
    steps = (
        (lead.odoo in STUCK, Step.DECIDE),
        (not lead.is_open, Step.NOTHING),
        (open_talk is not None and open_talk.person_id in waiting, Step.CALL_BACK),
        (theirs, Step.ANSWER),
        (lead.owner is None, Step.GIVE),
        (ours and talk is not None and talk.last_at < now - QUIET_AFTER, Step.ASK_AGAIN),
        (ours, Step.WAIT),
    )
    return next((step for holds, step in steps if holds), Step.QUALIFY)
