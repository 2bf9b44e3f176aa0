"""What a number's reader has said about texts. A stop counts from the moment it was stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from django.db.models import Exists, OuterRef

from crm_intake.ledger.kinds import IMPORTED, Kind, Purpose
from crm_intake.ledger.standing import Said, Standing, standing
from crm_intake.models import LedgerEvent, PhoneNumber, StopMark, WebhookDelivery
from crm_intake.selectors.ledger import subjects_of


def standing_of(number: str, *, before: WebhookDelivery | None = None) -> Standing:
    """Return what the ledger, and the stops that are not in it yet, come to; four queries.

    :param before: leave out what this delivery says, which is being read.
    """
    return standings_of([number], before=before)[number]


def standings_of(
    numbers: Sequence[str], *, before: WebhookDelivery | None = None
) -> dict[str, Standing]:
    """Return what holds for many numbers; four queries.

    Who has several numbers and stops one stops all, until they allow another again from there.
    """
    people = shared_numbers(numbers)
    subjects = subjects_of({*numbers, *chain(*people.values())})
    alone = {number: standing(said) for number, said in _said(subjects, before).items()}
    for number in numbers:
        for other in sorted(people.get(number, set()) - {number}):
            alone[number].heed(alone[other])
    return {number: alone[number] for number in numbers}


def is_stopped(number: str, purpose: Purpose) -> bool:
    """Say whether somebody has taken this back; four queries."""
    return purpose in standing_of(number).stopped


def shared_numbers(numbers: Sequence[str]) -> dict[str, set[str]]:
    """Return all numbers of the person behind each number, itself too; one query."""
    same = PhoneNumber.objects.filter(person__numbers__number__in=numbers)
    by_person: defaultdict[int, set[str]] = defaultdict(set)
    for number, person in same.values_list("number", "person").distinct():
        by_person[person].add(number)
    return {number: of_one for of_one in by_person.values() for number in of_one}


def _said(subjects: Mapping[str, str], before: WebhookDelivery | None) -> dict[str, list[Said]]:
    """Return the events of each number, in no order; two queries."""
    said: defaultdict[str, list[Said]] = defaultdict(list)
    for event in LedgerEvent.objects.filter(subject__in=subjects.values()):
        said[event.subject].append(
            Said(
                kind=Kind(event.kind),
                purpose=Purpose(event.purpose) if event.purpose else None,
                category=event.category,
                counts_from=event.counts_from,
                place=event.place,
                imported=event.source == IMPORTED,
            )
        )
    # What the ledger has of a stop is the whole of it, and may be less than all texts. A number
    # that was erased stands there by its digest.
    of_them = StopMark.objects.filter(number__in=[*subjects, *subjects.values()])
    noted = LedgerEvent.objects.filter(delivery=OuterRef("delivery"), kind=Kind.REVOKED)
    for mark in of_them.exclude(delivery=before).exclude(Exists(noted)):
        subject = subjects.get(mark.number, mark.number)
        said[subject].append(Said(kind=Kind.REVOKED, counts_from=mark.marked_at))
    return {number: said[subject] for number, subject in subjects.items()}
