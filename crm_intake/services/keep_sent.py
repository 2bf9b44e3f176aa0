"""A source told what became of a text that the business sent."""

import datetime as dt

from django.conf import settings

from crm_intake.events import Fate, SentText
from crm_intake.models import Message, WebhookDelivery
from crm_intake.services.follow_text import follow_text
from crm_intake.services.note_attachments import note_attachments
from crm_intake.services.note_talk import note_talk
from crm_intake.services.person_of import person_of
from crm_intake.wording.codes import carried_code
from portal.core.phone import to_e164

# A text that arrived was sent: what is told late takes nothing back.
LATER = {Fate.SENT: 0, Fate.FAILED: 1, Fate.DELIVERED: 2}


def keep_sent(*, delivery: WebhookDelivery, event: SentText, occurred_at: dt.datetime) -> None:
    """Keep the text with what became of it, in the caller's transaction.

    Also one that somebody wrote in the source's own app: the talk with a person is whole here. To
    text somebody a code is no talk.
    """
    number = to_e164(event.recipient, country=settings.BUSINESS_COUNTRY)
    message, is_new = Message.objects.select_for_update(of=("self",)).get_or_create(
        provider=delivery.provider,
        event_key=event.key,
        defaults={
            "delivery": delivery,
            "direction": Message.Direction.OUT,
            "person": person_of(number),
            "sender": event.sender,
            "recipient": number or event.recipient,
            "text": event.text,
            "fate": event.fate,
            "failure_code": event.code,
            "occurred_at": occurred_at,
        },
    )
    note_attachments(event.media, message=message)
    if message.direction == Message.Direction.IN:
        return
    if not is_new:
        message.text = message.text or event.text
        if LATER[event.fate] > LATER[Fate(message.fate)]:
            message.fate, message.failure_code = event.fate, event.code
        message.save(update_fields=["text", "fate", "failure_code"])
    follow_text(message)
    if is_new and not carried_code(event.text, host=settings.PUBLIC_HOST):
        note_talk(message.person, event.text, ours=True)
