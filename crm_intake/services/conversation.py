"""What the office does with a conversation."""

from django.db import transaction

from crm_intake.models import Conversation, Note, Person
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch

State = Conversation.State


def mark_read(conversation: Conversation) -> None:
    """Somebody of the office has come to it, or answered."""
    if Conversation.objects.filter(pk=conversation.pk, unread__gt=0).update(unread=0):
        touch("inbox")


@transaction.atomic
def assign(*, conversation_id: int, to: User | None, by: User) -> Conversation:
    """Let one person see to it, or nobody in particular."""
    conversation = _locked(conversation_id)
    old = {"assigned_to": conversation.assigned_to_id}
    conversation.assigned_to = to
    conversation.save(update_fields=["assigned_to"])
    record(by=by, what="conversation assigned", target=conversation, old=old)
    touch("inbox")
    return conversation


@transaction.atomic
def close_or_open(*, conversation_id: int, state: State, by: User) -> Conversation:
    """Note that nothing is left to do, or that something is."""
    conversation = _locked(conversation_id)
    old = {"state": conversation.state}
    conversation.state = state
    conversation.save(update_fields=["state"])
    record(by=by, what="conversation closed or opened", target=conversation, old=old)
    touch("inbox")
    return conversation


@transaction.atomic
def write_note(*, person: Person, text: str, by: User) -> Note:
    """Write something down for the others of the office."""
    note = Note.objects.create(person=person, text=text, written_by=by)
    touch("inbox")
    return note


def _locked(conversation_id: int) -> Conversation:
    talks = Conversation.objects.select_related("person", "assigned_to")
    return talks.select_for_update(of=("self",)).get(pk=conversation_id)
