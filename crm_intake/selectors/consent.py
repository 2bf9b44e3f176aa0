"""What a number's reader has said about texts. A stop counts from the moment it was stored."""

from collections import defaultdict
from collections.abc import Sequence

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.ledger.standing import Said, Standing, standing
from crm_intake.models import LedgerEvent, StopMark, WebhookDelivery
from crm_intake.selectors.ledger import subjects_of


def standing_of(number: str, *, before: WebhookDelivery | None = None) -> Standing:
    """Return what the ledger, and the stops that are not in it yet, come to; three queries.

    :param before: leave out what this delivery says, which is being read.
    """
    return standings_of([number], before=before)[number]


def standings_of(
    numbers: Sequence[str], *, before: WebhookDelivery | None = None
) -> dict[str, Standing]:
    """Return what holds for many numbers; three queries."""
    subjects = subjects_of(numbers)
    said: defaultdict[str, list[Said]] = defaultdict(list)
    for event in LedgerEvent.objects.filter(subject__in=subjects.values()):
        said[event.subject].append(
            Said(
                kind=Kind(event.kind),
                purpose=Purpose(event.purpose) if event.purpose else None,
                counts_from=event.counts_from,
                place=event.place,
            )
        )
    # A number that was erased stands there by its digest.
    marks = StopMark.objects.filter(number__in=[*subjects, *subjects.values()])
    for mark in marks.exclude(delivery=before):
        subject = subjects.get(mark.number, mark.number)
        said[subject].append(Said(kind=Kind.REVOKED, counts_from=mark.marked_at))
    return {number: standing(said[subject]) for number, subject in subjects.items()}
