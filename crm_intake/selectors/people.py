"""What is known of one person, beside what was said."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from crm_intake.gate.decision import reason_of
from crm_intake.gate.facts import Facts
from crm_intake.gate.judge import refused_in_any_words
from crm_intake.ledger.kinds import Purpose
from crm_intake.ledger.standing import ALL
from crm_intake.models import FormerPerson, LedgerEvent, OfficeTask, Person
from crm_intake.selectors.business import Business, business_with
from crm_intake.selectors.facts import facts_of_numbers
from crm_intake.selectors.ledger import subjects_of
from odoo_bridge.models import Partner
from odoo_bridge.selectors.customers import customers_with
from portal.core.phone import for_people

MOST = 10


@dataclass(frozen=True)
class NumberShown:
    """A number, what may be sent to it, and what its ledger has."""

    number: str
    shown: str
    is_landline: bool
    refused: dict[Purpose, StrOrPromise]
    events: list[LedgerEvent]


@dataclass(frozen=True)
class PersonShown:
    """All that the page shows beside the talk."""

    who: str
    numbers: list[NumberShown]
    customers: list[Partner]
    business: Business
    tasks: list[OfficeTask]

    @property
    def answerable(self) -> list[str]:
        """The numbers that take a reply."""
        return [one.number for one in self.numbers if Purpose.REPLY not in one.refused]


def joined_into(key: UUID) -> Person | None:
    """Return who somebody turned out to be, if they were joined with another; one query."""
    former = FormerPerson.objects.filter(uuid=key).select_related("person").first()
    return former.person if former else None


def person_shown(person: Person) -> PersonShown:
    """Return it; fifteen queries, however many numbers there are."""
    now = timezone.now()
    numbers = list(person.numbers.order_by("pk").values_list("number", flat=True))
    customers, events = customers_with(phones=numbers), _events_of(numbers)
    facts = facts_of_numbers(numbers, customers=customers)
    tasks = OfficeTask.objects.filter(message__person=person, done_at=None)
    first = for_people(numbers[0]) if numbers else ""
    return PersonShown(
        who=person.name or first or _("Somebody"),
        numbers=[
            NumberShown(
                number=number,
                shown=for_people(number),
                is_landline=facts[number].is_landline,
                refused=_refused(facts[number], now),
                events=events[number],
            )
            for number in numbers
        ],
        customers=customers,
        business=business_with(person, customers),
        tasks=list(tasks.select_related("message")),
    )


def _refused(facts: Facts, at: dt.datetime) -> dict[Purpose, StrOrPromise]:
    """Ask the gate, as the sender will: what it refuses whatever is written."""
    asked = {one: refused_in_any_words(facts, purpose=one, at=at) for one in sorted(ALL)}
    return {purpose: reason_of(rule) for purpose, rule in asked.items() if rule}


def _events_of(numbers: Sequence[str]) -> dict[str, list[LedgerEvent]]:
    """Return the latest events of each number, the last first; two queries."""
    subjects = subjects_of(numbers)
    kept = LedgerEvent.objects.filter(subject__in=subjects.values())
    found: defaultdict[str, list[LedgerEvent]] = defaultdict(list)
    for event in kept.select_related("evidence", "staff").order_by("-place"):
        found[event.subject].append(event)
    return {number: found[subject][:MOST] for number, subject in subjects.items()}
