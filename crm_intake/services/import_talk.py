"""Take over what another program has of consents, texts and calls.

Nothing is answered, and nobody has to look at it: no lead, no text, nothing unread. But a stop is
a stop, and counts from now.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.db import connection
from django.utils import timezone

from crm_intake.events import ContactNews
from crm_intake.importing.facts import CallTold, ConsentTold, TextTold, Told
from crm_intake.ledger.kinds import IMPORTED, Kind
from crm_intake.models import Call, Message, Person, WebhookDelivery
from crm_intake.selectors.import_plan import Plan, PlannedRow, says_stop
from crm_intake.services.keep_contact import keep_contact
from crm_intake.services.note_talk import note_old_talk
from crm_intake.services.person_of import people_of
from crm_intake.services.record_consent import Evidence, record_consent, wait_for_texts_that_begin
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import in_a_transaction
from portal.core.phone import to_e164

AT_ONCE = 50  # rows of a transaction: a text to a number that stops in it waits for its end
STORE = """
insert into crm_intake_webhookdelivery
  (provider, delivery_id, body, kind, received_at, about, late, state, attempts, trouble)
select %s, delivery_id, body, kind, %s, '', false, 'DONE', 0, ''
  from unnest(%s::text[], %s::bytea[], %s::text[]) as row (delivery_id, body, kind)
on conflict (provider, delivery_id) do nothing
returning delivery_id, id
"""
KINDS: dict[type[Told], str] = {ConsentTold: "consent", TextTold: "text", CallTold: "call"}


def import_talk(plan: Plan, *, by: User | None, until: dt.datetime | None = None) -> int:
    """Import the new rows, some at a time; return how many were still new.

    Whatever ends it half-way, the same file goes on where it stopped.

    :param until: begin nothing later than this: somebody waits for the answer.
    """
    taken: Counter[str] = Counter()
    last: WebhookDelivery | None = None
    for start in range(0, len(plan.new), AT_ONCE):
        if until is not None and timezone.now() > until:
            break
        rows = plan.new[start : start + AT_ONCE]
        for delivery in in_a_transaction(partial(_take, rows)):
            taken[delivery.kind] += 1
            last = delivery
    if last is not None:
        record(by=by, what="talk imported", target=last, new=dict(taken))
        touch("inbox")
    return taken.total()


def _take(rows: Sequence[PlannedRow]) -> list[WebhookDelivery]:
    """Keep the rows and what they tell, but those that somebody else has taken meanwhile."""
    wait_for_texts_that_begin(row.told.number for row in rows if says_stop(row.told))
    deliveries = _store(rows)
    new = [row for row in rows if row.digest in deliveries]
    people = people_of([row.told.number for row in new])
    for row in new:
        if row.told.name:
            keep_contact(ContactNews(name=row.told.name, numbers=(row.told.number,)))
    for row in new:
        _take_one(row.told, deliveries[row.digest], people[row.told.number])
    return list(deliveries.values())


def _store(rows: Sequence[PlannedRow]) -> dict[str, WebhookDelivery]:
    """Store the rows that are not there, in one statement; return their deliveries by digest."""
    now = timezone.now()
    by_digest = {row.digest: row for row in rows}
    columns = [(row.digest, row.body, KINDS[type(row.told)]) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(STORE, (IMPORTED, now, *map(list, zip(*columns, strict=True))))
        stored = dict(cursor.fetchall())
    return {
        digest: WebhookDelivery(
            pk=stored[digest],
            provider=IMPORTED,
            delivery_id=digest,
            received_at=now,
            kind=KINDS[type(row.told)],
        )
        for digest, row in by_digest.items()
        if digest in stored
    }


def _take_one(told: Told, delivery: WebhookDelivery, person: Person) -> None:
    if isinstance(told, ConsentTold):
        _take_consent(told, delivery, person)
    elif isinstance(told, TextTold):
        _take_text(told, delivery, person)
    else:
        _take_call(told, delivery, person)


def _take_consent(told: ConsentTold, delivery: WebhookDelivery, person: Person) -> None:
    record_consent(
        number=told.number,
        kind=Kind.REVOKED if told.stops else Kind.GRANTED,
        purpose=told.purpose,
        category=told.campaign,
        source=IMPORTED,
        action=told.how or "told",
        delivery=delivery,
        occurred_at=told.at,
        evidence=Evidence(
            wording=told.wording,
            shown=told.shown,
            shown_version=told.shown_version,
            language=told.language,
            zone=told.zone,
            url=told.url,
            ip=told.ip,
            user_agent=told.user_agent,
        ),
    )
    note_old_talk(person, "", at=told.at or delivery.received_at, ours=False)


def _take_text(told: TextTold, delivery: WebhookDelivery, person: Person) -> None:
    stops, at = says_stop(told), told.at or delivery.received_at
    sender, recipient = _sides(told)
    message = Message.objects.create(
        provider=IMPORTED,
        event_key=delivery.delivery_id,
        delivery=delivery,
        direction=Message.Direction.OUT if told.outgoing else Message.Direction.IN,
        person=person,
        sender=sender,
        recipient=recipient,
        text=told.text,
        is_stop=stops,
        fate=told.fate if told.outgoing else "",
        occurred_at=at,
    )
    if stops:
        record_consent(
            number=told.number,
            kind=Kind.REVOKED,
            source=IMPORTED,
            action="reply",
            delivery=delivery,
            occurred_at=at,
            evidence=Evidence(message=message, wording=told.text),
        )
    note_old_talk(person, told.text, at=at, ours=told.outgoing)


def _take_call(told: CallTold, delivery: WebhookDelivery, person: Person) -> None:
    at = told.at or delivery.received_at
    caller, callee = _sides(told)
    talked = told.answered or (told.answered is None and bool(told.seconds))
    Call.objects.create(
        provider=IMPORTED,
        event_key=delivery.delivery_id,
        delivery=delivery,
        person=person,
        outgoing=told.outgoing,
        caller=caller,
        callee=callee,
        missed=told.answered is False and not told.outgoing,
        answered_at=at if talked else None,
        seconds=told.seconds if talked else None,
        voicemail_text=told.voicemail,
        summary=told.summary,
        transcript=told.transcript,
        occurred_at=at,
    )
    note_old_talk(person, "", at=at, ours=told.outgoing)


def _sides(told: TextTold | CallTold) -> tuple[str, str]:
    """Return who began it, and with whom."""
    ours = to_e164(told.ours, country=settings.BUSINESS_COUNTRY) or told.ours
    return (ours, told.number) if told.outgoing else (told.number, ours)
