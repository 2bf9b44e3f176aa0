"""Somebody has seen to a text of nobody."""

from django.db import transaction
from django.utils import timezone

from crm_intake.selectors.nameless import nameless
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch


@transaction.atomic
def finish_nameless(*, message_id: int, by: User) -> None:
    """Note when, and by whom; who comes second changes nothing."""
    still_open = nameless().filter(pk=message_id, done_at=None)
    message = still_open.select_for_update(no_key=True).first()
    if message is None:
        return
    message.done_at, message.done_by = timezone.now(), by
    message.save(update_fields=["done_at", "done_by"])
    record(by=by, what="text of nobody seen to", target=message)
    touch("inbox")
