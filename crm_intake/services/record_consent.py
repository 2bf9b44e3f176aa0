"""Add an event to the consent ledger: the only way in."""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from crm_intake.ledger.chain import FIRST, digest
from crm_intake.ledger.kinds import IMPORTED, Kind, Purpose
from crm_intake.models import (
    Call,
    LedgerEvent,
    LedgerEvidence,
    Message,
    WebhookDelivery,
)
from crm_intake.selectors.ledger import content_of, content_of_evidence, subject_of
from odoo_bridge.commands import BlockNumber, UnblockNumber
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.core.changes import touch

BLOCKING = (Kind.REVOKED, Kind.PROVIDER_BLOCK)
AGREEING = (Kind.GRANTED, Kind.CONFIRMED)
LONGEST = 10_000  # letters of a wording: what is longer was not said by a person


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What an event rests on; what is not known stays empty."""

    message: Message | None = None
    call: Call | None = None
    wording: str = ""
    shown: str = ""
    shown_version: str = ""
    language: str = ""
    zone: str = ""
    url: str = ""
    ip: str = ""
    user_agent: str = ""

    def values(self) -> dict[str, Any]:
        """Return it by its columns."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


@transaction.atomic
def record_consent(  # noqa: PLR0913 - each is a fact of its own, and is named where it is given
    *,
    number: str,
    kind: Kind,
    source: str,
    action: str,
    evidence: Evidence,
    purpose: Purpose | None = None,
    category: str = "",
    delivery: WebhookDelivery | None = None,
    staff: User | None = None,
    occurred_at: dt.datetime | None = None,
) -> LedgerEvent:
    """Add an event to the chain of a number, with what it rests on.

    :param number: E.164, or as given where it is none.
    :param occurred_at: as told; now, if nobody said.
    """
    if kind is Kind.REVOKED:
        wait_for_texts_that_begin([number])
    subject, now = subject_of(number), timezone.now()
    last = _last_of(subject)
    held = LedgerEvidence(salt=secrets.token_hex(), number=number, **evidence.values())
    held.wording = held.wording[:LONGEST]
    event = LedgerEvent(
        subject=subject,
        place=last.place + 1 if last else 1,
        kind=kind,
        purpose=purpose or "",
        category=category,
        source=source,
        action=action,
        delivery=delivery,
        staff=staff,
        occurred_at=occurred_at or now,
        counts_from=delivery.received_at if delivery else now,
        recorded_at=now,
        evidence_sha256=digest(content_of_evidence(held)),
        previous=last.hash if last else FIRST,
    )
    event.hash = digest(content_of(event))
    event.save(force_insert=True)
    held.event = event
    held.save(force_insert=True)
    _tell_odoo(number, event, last)
    touch("inbox")
    return event


def _tell_odoo(number: str, event: LedgerEvent, last: LedgerEvent | None) -> None:
    """Let Odoo's own texts keep to it: block the number there, or let it go again."""
    allows_selling = event.purpose in {"", Purpose.MARKETING}
    # Odoo's own texts sell: a stop of news says nothing of them.
    if event.kind in BLOCKING and allows_selling and number.startswith("+"):
        enqueue(BlockNumber(number=number), by=event.staff)
    # What was agreed to elsewhere lifts no block, nor does what was agreed to of some texts alone.
    is_whole = event.source != IMPORTED and not event.category
    if event.kind in AGREEING and allows_selling and last is not None and is_whole:
        enqueue(UnblockNumber(number=number), by=event.staff)


def wait_for_texts_that_begin(numbers: Iterable[str]) -> None:
    """Take the locks that a sender holds while the first bytes of a text go out, in its order.

    Who records stops of several numbers in one transaction takes them all before the first.
    """
    with connection.cursor() as cursor:
        for number in sorted(set(numbers)):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 1))", [number])


def _last_of(subject: str) -> LedgerEvent | None:
    """Return the last event of a chain, which nobody else adds to until we have ended."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [subject])
    return LedgerEvent.objects.filter(subject=subject).order_by("place").last()
