"""Find out what became of a text whose answer was lost: by asking, never by sending it again."""

import datetime as dt

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from crm_intake.errors import NotTakenNow
from crm_intake.models import OutgoingText
from crm_intake.sender import Sender
from crm_intake.services.text_states import move
from portal.core.changes import touch

State = OutgoingText.State
DEAD_AFTER = dt.timedelta(minutes=2)  # far longer than a call to a provider may take
CLOCKS_DIFFER = dt.timedelta(minutes=2)
BETWEEN_LOOKS = dt.timedelta(seconds=30)
CANNOT_LAND_AFTER = dt.timedelta(minutes=2)
LOOKS = 2
log = structlog.get_logger(__name__)


@transaction.atomic
def give_up_waiting_for_answers() -> None:
    """What a worker was sending when it died has lost its answer."""
    dead = OutgoingText.objects.filter(
        state=State.SENDING, handed_over_at__lt=timezone.now() - DEAD_AFTER
    )
    for text in dead.select_for_update(skip_locked=True):
        move(text, State.UNKNOWN)
        text.save(update_fields=["state"])
        touch("inbox")


def resolve_next(sender: Sender) -> bool:
    """Ask the provider for the text that was asked of longest ago; return whether to go on."""
    now = timezone.now()
    due = Q(asked_at__isnull=True) | Q(asked_at__lt=now - BETWEEN_LOOKS)
    unknown = OutgoingText.objects.filter(due, state=State.UNKNOWN, provider=sender.name)
    text = unknown.order_by("asked_at", "pk").first()
    if text is None or text.handed_over_at is None:
        return False
    OutgoingText.objects.filter(pk=text.pk).update(asked_at=now)
    try:
        ids = sender.find(text.number, text.words, text.handed_over_at - CLOCKS_DIFFER)
    except NotTakenNow as why:
        log.warning("text_not_found_out", provider=sender.name, why=str(why))
        return False
    note_found(text, ids)
    return True


@transaction.atomic
def note_found(asked: OutgoingText, ids: list[str]) -> None:
    """Settle it with an id that is no other text's, or queue it again when it cannot be there."""
    text = OutgoingText.objects.select_for_update().get(pk=asked.pk)
    if text.state != State.UNKNOWN or text.handed_over_at is None:
        return
    others = OutgoingText.objects.filter(provider=text.provider, provider_id__in=ids)
    free = set(ids) - set(others.values_list("provider_id", flat=True))
    now = timezone.now()
    text.looks += 1
    if free:
        move(text, State.SENT)
        text.provider_id, text.settled_at = min(free), now
    elif text.looks >= LOOKS and text.handed_over_at < now - CANNOT_LAND_AFTER:
        move(text, State.QUEUED)
    text.save()
    touch("inbox")
