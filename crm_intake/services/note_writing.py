"""Somebody is writing an answer: the others who have the talk open see it."""

from django.db import transaction
from django.utils import timezone

from crm_intake.models import Conversation, Writing
from crm_intake.selectors.answering import STILL_WRITING
from portal.accounts.models import User
from portal.core.changes import touch


@transaction.atomic
def note_writing(*, talk: Conversation, by: User) -> None:
    """Keep that they write; the others' pages are told when it begins."""
    now = timezone.now()
    row, is_new = Writing.objects.select_for_update().get_or_create(
        conversation=talk, user=by, defaults={"at": now}
    )
    began = is_new or row.at < now - STILL_WRITING
    row.at = now
    row.save(update_fields=["at"])
    if began:
        touch("inbox")


def stop_writing(*, talk: Conversation, by: User) -> None:
    """Forget it, in the caller's transaction or at once: the answer was sent."""
    Writing.objects.filter(conversation=talk, user=by).delete()
