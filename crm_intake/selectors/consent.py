"""What a number's reader has said about texts. A stop counts from the moment it was stored."""

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.ledger.standing import Said, Standing, standing
from crm_intake.models import LedgerEvent, StopMark, WebhookDelivery
from crm_intake.selectors.ledger import subject_of


def standing_of(number: str, *, before: WebhookDelivery | None = None) -> Standing:
    """Return what the ledger, and the stops that are not in it yet, come to; three queries.

    :param before: leave out what this delivery says, which is being read.
    """
    subject = subject_of(number)
    events = [
        Said(
            kind=Kind(event.kind),
            purpose=Purpose(event.purpose) if event.purpose else None,
            counts_from=event.counts_from,
            place=event.place,
        )
        for event in LedgerEvent.objects.filter(subject=subject)
    ]
    marks = StopMark.objects.filter(number__in=[number, subject]).exclude(delivery=before)
    stops = [Said(kind=Kind.REVOKED, counts_from=mark.marked_at) for mark in marks]
    return standing([*events, *stops])
