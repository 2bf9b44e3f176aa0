"""A text came in."""

import datetime as dt

from django.conf import settings

from crm_intake.events import IncomingText
from crm_intake.models import Message, WebhookDelivery
from crm_intake.services.heed_words import heed_words
from crm_intake.services.make_lead import lead_of_texts
from crm_intake.services.note_attachments import note_attachments
from crm_intake.services.note_talk import note_talk
from crm_intake.services.person_of import person_of
from crm_intake.services.suspect import suspect
from crm_intake.wording import Reading, Said, read
from portal.core.phone import to_e164


def keep_text(*, delivery: WebhookDelivery, event: IncomingText, occurred_at: dt.datetime) -> None:
    """Keep the text, in the caller's transaction: once, however many deliveries tell of it.

    One that is about texts, a stop say, goes to the ledger and is no lead; any other is one.
    """
    number = to_e164(event.sender, country=settings.BUSINESS_COUNTRY)
    reading = as_asked(event)
    person = person_of(number)
    message, is_new = Message.objects.get_or_create(
        provider=delivery.provider,
        event_key=event.key,
        defaults={
            "delivery": delivery,
            "person": person,
            "sender": number or event.sender,
            "recipient": event.recipient,
            "text": event.text,
            "is_stop": reading.stops,
            "occurred_at": occurred_at,
        },
    )
    if not is_new:
        return
    note_attachments(event.media, message=message)
    if heed_words(message, reading, provider_answered=event.asked is not None):
        wants_us = not reading.stops and message.answers is None
    else:
        wants_us = not suspect(person, event.text)
        if wants_us:
            lead_of_texts([message])
    note_talk(person, event.text, ours=False, reopens=wants_us)


def as_asked(event: IncomingText) -> Reading:
    """Return what the text asks for: what the source acted on itself, or what its words say."""
    reading = read(event.text)
    if event.asked is None or reading.stops:
        return reading
    return Reading(Said(event.asked))
