"""All that the ledger has of a person's numbers, for somebody who has to prove it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BinaryField, Case, F, When

from crm_intake.ledger.chain import broken_at, digest
from crm_intake.ledger.kinds import IMPORTED
from crm_intake.models import LedgerEvent, LedgerEvidence, OutgoingText, Person
from crm_intake.selectors.ledger import EVIDENCE, content_of, content_of_evidence, subjects_of
from portal.core.phone import for_people


@dataclass(frozen=True)
class ProvenEvent:
    """An event with what it rests on; ``holds``: the evidence is what was recorded.

    ``evidence`` is empty when the person was erased. ``row`` is what another program had.
    """

    event: LedgerEvent
    evidence: LedgerEvidence | None
    holds: bool
    row: str


@dataclass(frozen=True)
class ProvenChain:
    """The events of a number; ``broken_at`` is the first that is not as it was written."""

    number: str
    shown: str
    events: list[ProvenEvent]
    broken_at: int | None

    @property
    def is_proven(self) -> bool:
        """Whether the chain, and all evidence that is still kept, is as it was written."""
        return self.broken_at is None and all(one.holds for one in self.events)


def dispute_chains(person: Person) -> list[ProvenChain]:
    """Return what there is of each number, proven anew; three queries."""
    return [
        ProvenChain(
            number=number,
            shown=for_people(number),
            events=[_proven(event) for event in chain],
            broken_at=broken_at(
                (one.place, one.previous, one.hash, content_of(one)) for one in chain
            ),
        )
        for number, chain in _chains(person).items()
    ]


def dispute_texts(person: Person) -> list[OutgoingText]:
    """Return the texts that were wanted for the person's numbers, sent or refused."""
    numbers = person.numbers.values_list("number", flat=True)
    texts = OutgoingText.objects.filter(number__in=list(numbers))
    return list(texts.select_related("wanted_by").order_by("pk"))


def dispute_file(person: Person) -> dict[str, Any]:
    """Return the chains with their evidence and hashes, and the texts that went out; by number.

    Whoever has it can compute each hash anew: SHA-256 of ``content`` as JSON with sorted keys.
    """
    return {
        "numbers": {
            number: [_shown(event) for event in chain] for number, chain in _chains(person).items()
        },
        "texts": [
            {
                "number": one.number,
                "text": one.text,
                "purpose": one.purpose,
                "category": one.category,
                "state": one.state,
                "rule": one.rule,
                "wanted_at": one.created_at,
                "handed_over_at": one.handed_over_at,
                "provider": one.provider,
                "provider_id": one.provider_id,
            }
            for one in dispute_texts(person)
        ],
    }


def _chains(person: Person) -> dict[str, Sequence[LedgerEvent]]:
    """Return the events of each number in their order."""
    subjects = subjects_of(list(person.numbers.order_by("pk").values_list("number", flat=True)))
    events = LedgerEvent.objects.filter(subject__in=subjects.values()).order_by("place")
    chains: dict[str, list[LedgerEvent]] = {subject: [] for subject in subjects.values()}
    imported = Case(When(source=IMPORTED, then=F("delivery__body")), output_field=BinaryField())
    for event in events.annotate(imported_row=imported).select_related("evidence", "staff"):
        chains[event.subject].append(event)
    return {number: chains[subject] for number, subject in subjects.items()}


def _proven(event: LedgerEvent) -> ProvenEvent:
    evidence = getattr(event, "evidence", None)
    as_written = evidence is None or digest(content_of_evidence(evidence)) == event.evidence_sha256
    return ProvenEvent(event, evidence, as_written, _row_of(event))


def _row_of(event: LedgerEvent) -> str:
    """Return the imported row that an event rests on, to the letter; nothing of other events."""
    row = getattr(event, "imported_row", None)
    return bytes(row).decode() if row else ""


def _shown(event: LedgerEvent) -> dict[str, Any]:
    evidence = getattr(event, "evidence", None)
    return {
        "content": content_of(event),
        "hash": event.hash,
        "by": event.staff.name if event.staff else "",
        "evidence": {name: getattr(evidence, name) for name in EVIDENCE} if evidence else None,
        "imported": _row_of(event),
    }
