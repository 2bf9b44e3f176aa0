"""The consent ledger as it is hashed and proven."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from crm_intake.ledger.chain import broken_at, digest
from crm_intake.models import LedgerEvent, LedgerEvidence, LedgerKey

Content = Mapping[str, Any]
EVIDENCE = (
    "salt",
    "number",
    "message_id",
    "call_id",
    "wording",
    "shown",
    "shown_version",
    "language",
    "zone",
    "url",
    "ip",
    "user_agent",
)


def subject_of(number: str) -> str:
    """Return the digest by which the ledger knows a number (HMAC-SHA256, 64 hex digits)."""
    return subjects_of([number])[number]


def subjects_of(numbers: Iterable[str]) -> dict[str, str]:
    """Return the digests of many numbers, by number; one query."""
    return keyed_digests(numbers)


def keyed_digests(texts: Iterable[str]) -> dict[str, str]:
    """Return digests from which nobody without the ledger's key can guess the texts; one query."""
    secret = _key()
    return {text: hmac.new(secret, text.encode(), hashlib.sha256).hexdigest() for text in texts}


def _key() -> bytes:
    kept = list(LedgerKey.objects.values_list("key", flat=True))
    if not kept:
        made, _ = LedgerKey.objects.get_or_create(pk=1)
        kept = [made.key]
    return kept[0].encode()


def content_of(event: LedgerEvent) -> Content:
    """Return what the hash of an event is of."""
    return {
        "format": 1,
        "subject": event.subject,
        "place": event.place,
        "kind": str(event.kind),
        "purpose": str(event.purpose),
        "category": event.category,
        "source": event.source,
        "action": event.action,
        "delivery": event.delivery_id,
        "staff": event.staff_id,
        "occurred_at": _moment(event.occurred_at),
        "counts_from": _moment(event.counts_from),
        "recorded_at": _moment(event.recorded_at),
        "evidence": event.evidence_sha256,
        "previous": event.previous,
    }


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat()


def content_of_evidence(evidence: LedgerEvidence) -> Content:
    """Return what the hash of an event's evidence is of."""
    return {name: getattr(evidence, name) for name in EVIDENCE}


def breaks() -> Iterator[str]:
    """Yield what is wrong with the ledger: each chain that is broken, each evidence that is not."""
    events = LedgerEvent.objects.order_by("subject", "place").iterator(chunk_size=2000)
    for subject, chain in groupby(events, key=lambda event: event.subject):
        links = ((one.place, one.previous, one.hash, content_of(one)) for one in chain)
        if (place := broken_at(links)) is not None:
            yield f"The chain {subject[:12]} is broken at event {place}."
    held = LedgerEvidence.objects.select_related("event").order_by("event_id")
    for evidence in held.iterator(chunk_size=2000):
        if digest(content_of_evidence(evidence)) != evidence.event.evidence_sha256:
            yield f"The evidence of event {evidence.event_id} is not what was recorded."
