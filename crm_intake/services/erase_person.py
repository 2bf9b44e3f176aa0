"""Erase a person's data. The events of the ledger stay, with their hashes, and a stop still counts.

What Odoo has of the person is Odoo's: it is erased there.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from crm_intake.ledger.kinds import IMPORTED, Kind, Purpose
from crm_intake.models import (
    Attachment,
    Call,
    Lead,
    LedgerEvent,
    LedgerEvidence,
    Message,
    OfficeTask,
    OutgoingText,
    Person,
    StopMark,
    WebhookDelivery,
)
from crm_intake.selectors.consent import standings_of
from crm_intake.selectors.ledger import subjects_of
from crm_intake.services.fill_gaps import asked_id
from crm_intake.services.record_consent import Evidence, record_consent, wait_for_texts_that_begin
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew


@begins_anew
def erase_person(*, person: Person, why: str, by: User) -> None:
    """Erase all that was said, and by whom; who asked for it is noted in the audit and the ledger.

    :param why: in the words of who asked; it must name nobody.
    """
    one = Person.objects.select_for_update().get(pk=person.pk)
    numbers = sorted(one.numbers.values_list("number", flat=True))
    wait_for_texts_that_begin(numbers)
    for number, now in standings_of(numbers).items():
        for purpose in sorted(now.by_another):  # nothing will tell any more whose numbers they were
            _note(number, Kind.REVOKED, by, purpose)
        _note(number, Kind.ERASED, by)
    subjects = subjects_of(numbers)
    LedgerEvidence.objects.filter(number__in=numbers).delete()
    for number, subject in subjects.items():
        StopMark.objects.filter(number=number).update(number=subject)
    _erase_what_was_said(one, subjects)
    record(by=by, what="person erased", target=one, new={"why": why})
    OutgoingText.objects.filter(person=one).delete()
    one.numbers.all().delete()
    one.delete()
    touch("inbox")


def _note(number: str, kind: Kind, by: User, purpose: Purpose | None = None) -> None:
    record_consent(
        number=number,
        kind=kind,
        purpose=purpose,
        source="staff",
        action="erasure",
        evidence=Evidence(),
        staff=by,
    )


def _erase_what_was_said(person: Person, subjects: dict[str, str]) -> None:
    """Erase texts, calls, their files, and what the provider posted of them."""
    messages, calls = Message.objects.filter(person=person), Call.objects.filter(person=person)
    files = Attachment.objects.filter(message__in=messages) | Attachment.objects.filter(
        call__in=calls
    )
    names = [str(one.file.name) for one in files if one.file]
    posts = set(messages.values_list("delivery", flat=True))
    posts |= set(calls.values_list("delivery", flat=True))
    stops = StopMark.objects.filter(number__in=subjects.values())
    posts |= set(stops.values_list("delivery", flat=True))
    imported = LedgerEvent.objects.filter(subject__in=subjects.values(), source=IMPORTED)
    posts |= set(imported.values_list("delivery", flat=True))
    _never_ask_for([*messages, *calls])
    files.delete()
    OfficeTask.objects.filter(message__in=messages).delete()
    Lead.objects.filter(person=person).delete()
    messages.delete()
    calls.delete()
    WebhookDelivery.objects.filter(pk__in=posts).update(body=b"", trouble="")
    transaction.on_commit(lambda: _remove(names))


def _never_ask_for(said: Sequence[Message | Call]) -> None:
    """Keep the places of what a source would list again: it is taken once, and was."""
    WebhookDelivery.objects.bulk_create(
        [
            WebhookDelivery(
                provider=one.provider,
                delivery_id=asked_id(one.event_key),
                body=b"",
                received_at=timezone.now(),
                state=WebhookDelivery.State.NO_EFFECT,
            )
            for one in said
            if one.provider != IMPORTED
        ],
        ignore_conflicts=True,
    )


def _remove(names: list[str]) -> None:
    storage = Attachment._meta.get_field("file").storage
    for name in names:
        storage.delete(name)
