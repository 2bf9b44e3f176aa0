"""Twilio's posts as one internal event. Which of its doors was knocked at says what they tell.

Source: Twilio's documentation of messaging webhooks, of status callbacks and of voice requests
(read 2026-11-21). Parameters that nobody knows are left alone: Twilio adds some without notice.
"""

import contextlib
import datetime as dt
from collections.abc import Callable
from email.utils import parsedate_to_datetime

from crm_intake.errors import NotUnderstood
from crm_intake.events import (
    Asked,
    CallNews,
    Event,
    Fate,
    IncomingText,
    MediaLink,
    OtherEvent,
    SentText,
)
from crm_intake.source import Written
from crm_intake.twilio.form import fields_of
from crm_intake.values import clean, first, name_of, seconds, web_address

SMS, VOICE, STATUS = "sms", "voice", "status"
FATES = {
    "sent": Fate.SENT,
    "delivered": Fate.DELIVERED,
    "read": Fate.DELIVERED,
    "undelivered": Fate.FAILED,
    "failed": Fate.FAILED,
    "canceled": Fate.FAILED,
}
NOBODY_TOOK_IT = {"no-answer", "busy", "failed", "canceled"}
MOST_MEDIA = 20
Told = Callable[[str], str]


def normalise(body: bytes, about: str) -> Event:
    """Return what a post at the door ``about`` tells.

    :raises NotUnderstood: it is no form, or lacks what every one of Twilio's has.
    """
    try:
        return READERS[about](_told(body))
    except (ValueError, KeyError) as exc:
        raise NotUnderstood("It is not of a shape that Twilio sends.") from exc


def written(body: bytes, about: str) -> Written | None:
    """Return who wrote what, from as little of a post as can be read."""
    if about != SMS:
        return None
    try:
        told = _told(body)
    except ValueError:
        return None
    stops = told("OptOutType") == Asked.STOP
    return Written(sender=first(told("From")), text=clean(told("Body")), stops=stops)


def _told(body: bytes) -> Told:
    fields = fields_of(body)
    return lambda name: clean(fields.get(name, [""])[0])


def _text(told: Told) -> Event:
    asked = None
    with contextlib.suppress(ValueError):
        asked = Asked(told("OptOutType"))
    return IncomingText(
        key=f"message:{name_of(told('MessageSid') or told('SmsSid'))}",
        sender=first(told("From")),
        recipient=first(told("To")),
        text=told("Body"),
        occurred_at=_moment(told("DateCreated")),
        media=_media(told),
        asked=asked,
    )


def _moment(text: str) -> dt.datetime | None:
    """Return the moment that a list of Twilio's tells; its posts tell none."""
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _media(told: Told) -> tuple[MediaLink, ...]:
    links = [
        MediaLink(web_address(told(f"MediaUrl{number}")), first(told(f"MediaContentType{number}")))
        for number in range(min(seconds(told("NumMedia")) or 0, MOST_MEDIA))
    ]
    return tuple(link for link in links if link.url)


def _status(told: Told) -> Event:
    status = told("MessageStatus") or told("SmsStatus")
    sid = name_of(told("MessageSid") or told("SmsSid"))
    if status not in FATES:
        return OtherEvent(kind=f"message {status}"[:80])
    return SentText(
        key=f"message:{sid}",
        sender=first(told("From")),
        recipient=first(told("To")),
        text="",
        fate=FATES[status],
        code=first(told("ErrorCode"))[:40] if FATES[status] is Fate.FAILED else "",
        occurred_at=None,
    )


def _call(told: Told) -> Event:
    """Return what is new of a call; of one that rings on at a person's telephone ``Dial`` tells."""
    outgoing = told("Direction").startswith("outbound")
    ended = told("DialCallStatus") or told("CallStatus")
    return CallNews(
        key=f"call:{name_of(told('CallSid'))}",
        outgoing=outgoing,
        caller=first(told("From")),
        callee=first(told("To")),
        missed=not outgoing and ended in NOBODY_TOOK_IT,
        seconds=seconds(told("DialCallDuration") or told("CallDuration")),
        voicemail_text=told("TranscriptionText"),
        recordings=_recording(told),
        occurred_at=_moment(told("DateCreated")),
    )


def _recording(told: Told) -> tuple[MediaLink, ...]:
    url = web_address(told("RecordingUrl"))
    return (MediaLink(url, "audio/x-wav"),) if url else ()


READERS = {SMS: _text, STATUS: _status, VOICE: _call}
