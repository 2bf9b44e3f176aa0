"""Turn a stored delivery into a text or a call, a person, a lead and a line of the ledger."""

import datetime as dt
from functools import partial

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from crm_intake.errors import NotUnderstood
from crm_intake.events import (
    CallNews,
    ContactNews,
    Event,
    IncomingText,
    OtherEvent,
    SentText,
)
from crm_intake.models import WebhookDelivery
from crm_intake.services.keep_call import keep_call
from crm_intake.services.keep_contact import keep_contact
from crm_intake.services.keep_sent import keep_sent
from crm_intake.services.keep_text import keep_text
from crm_intake.sources import SOURCES
from portal.core.changes import touch
from portal.core.deadlocks import in_a_transaction

State = WebhookDelivery.State
MOST_ATTEMPTS = 5
PAUSE = dt.timedelta(seconds=30)  # what broke us may pass
OLDEST = dt.timedelta(days=3650)
CLOCKS_DIFFER = dt.timedelta(minutes=10)
KINDS: dict[type[Event], str] = {
    IncomingText: "text",
    SentText: "sent text",
    CallNews: "call",
    ContactNews: "contact",
}
log = structlog.get_logger(__name__)


def understand_next() -> bool:
    """Understand the oldest delivery that waits; return whether there was one.

    The attempt is counted before the work and apart from it: a delivery that breaks us, or even
    kills the process, is set aside after a few, and the others go on.
    """
    claimed = _claim()
    if claimed is None:
        return False
    try:
        in_a_transaction(partial(_understand_claimed, claimed))
    except Exception as bug:
        # A delivery that breaks us must not hold up those behind it, and must be seen.
        log.exception("delivery_broke_us", delivery=claimed)
        WebhookDelivery.objects.filter(pk=claimed).update(trouble=f"Our bug: {type(bug).__name__}")
    return True


def _understand_claimed(claimed: int) -> None:
    delivery = WebhookDelivery.objects.select_for_update().get(pk=claimed)
    if delivery.state == State.NEW:
        _understand(delivery)


@transaction.atomic
def _claim() -> int | None:
    """Count an attempt at the oldest waiting delivery that nobody else holds."""
    now = timezone.now()
    due = Q(tried_at__isnull=True) | Q(tried_at__lt=now - PAUSE)
    waiting = WebhookDelivery.objects.filter(due, state=State.NEW).order_by("attempts", "pk")
    delivery = waiting.select_for_update(skip_locked=True).defer("body").first()
    if delivery is None:
        return None
    delivery.attempts, delivery.tried_at = delivery.attempts + 1, now
    if delivery.attempts > MOST_ATTEMPTS:
        delivery.state = State.FAILED
    delivery.save(update_fields=["attempts", "tried_at", "state"])
    touch("inbox")
    return delivery.pk


def _understand(delivery: WebhookDelivery) -> None:
    try:
        event = _normalised(delivery)
    except NotUnderstood as reason:
        delivery.state, delivery.trouble = State.NOT_UNDERSTOOD, str(reason)[:200]
    else:
        delivery.state = State.DONE if _take(delivery, event) else State.NO_EFFECT
        delivery.kind = _kind(event)[:80]
    delivery.save(update_fields=["state", "kind", "trouble"])
    touch("inbox")


def _normalised(delivery: WebhookDelivery) -> Event:
    source = SOURCES.get(delivery.provider)
    if source is None:
        raise NotUnderstood("nobody here reads this source any more")
    return source.normalise(bytes(delivery.body), delivery.about)


def _take(delivery: WebhookDelivery, event: Event) -> bool:
    """Do what the event asks for; return whether it had any effect."""
    if isinstance(event, OtherEvent):
        return False
    if isinstance(event, ContactNews):
        return keep_contact(event)
    occurred_at = _plausible(event.occurred_at, delivery.received_at)
    if isinstance(event, IncomingText):
        keep_text(delivery=delivery, event=event, occurred_at=occurred_at)
    elif isinstance(event, SentText):
        keep_sent(delivery=delivery, event=event, occurred_at=occurred_at)
    else:
        keep_call(delivery=delivery, event=event, occurred_at=occurred_at)
    return True


def _plausible(told: dt.datetime | None, received_at: dt.datetime) -> dt.datetime:
    """Return when it happened: as told, unless that lies in the future or very long ago."""
    if told is None or not received_at - OLDEST < told < received_at + CLOCKS_DIFFER:
        return received_at
    return told


def _kind(event: Event) -> str:
    return event.kind if isinstance(event, OtherEvent) else KINDS[type(event)]
