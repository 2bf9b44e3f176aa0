"""All that the ledger has of a person's numbers, for somebody who has to prove it."""

from typing import Any

from crm_intake.models import LedgerEvent, OutgoingText, Person
from crm_intake.selectors.ledger import EVIDENCE, content_of, subjects_of


def dispute_file(person: Person) -> dict[str, Any]:
    """Return the chains with their evidence and hashes, and the texts that went out; by number.

    Whoever has it can compute each hash anew: SHA-256 of ``content`` as JSON with sorted keys.
    """
    numbers = list(person.numbers.order_by("pk").values_list("number", flat=True))
    subjects = subjects_of(numbers)
    events = LedgerEvent.objects.filter(subject__in=subjects.values()).order_by("place")
    chains: dict[str, list[dict[str, Any]]] = {subject: [] for subject in subjects.values()}
    for event in events.select_related("evidence", "staff"):
        chains[event.subject].append(_shown(event))
    texts = OutgoingText.objects.filter(number__in=numbers).order_by("pk")
    return {
        "numbers": {number: chains[subject] for number, subject in subjects.items()},
        "texts": [
            {
                "number": one.number,
                "text": one.text,
                "purpose": one.purpose,
                "state": one.state,
                "rule": one.rule,
                "wanted_at": one.created_at,
                "handed_over_at": one.handed_over_at,
                "provider": one.provider,
                "provider_id": one.provider_id,
            }
            for one in texts
        ],
    }


def _shown(event: LedgerEvent) -> dict[str, Any]:
    evidence = getattr(event, "evidence", None)
    return {
        "content": content_of(event),
        "hash": event.hash,
        "by": event.staff.name if event.staff else "",
        "evidence": {name: getattr(evidence, name) for name in EVIDENCE} if evidence else None,
    }
