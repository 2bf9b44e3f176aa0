"""Quo's payloads in all their shapes, as one internal event."""

from crm_intake.errors import NotUnderstood
from crm_intake.events import Event, OtherEvent
from crm_intake.quo import calls, contacts, texts
from crm_intake.quo.envelope import UNREADABLE, envelope, opened
from crm_intake.values import clean


def normalise(body: bytes, _about: str = "") -> Event:
    """Return what the body tells.

    :raises NotUnderstood: it is no JSON, or not of a shape that Quo sends.
    """
    try:
        kind = clean(envelope(body)["type"])
        if kind == texts.RECEIVED:
            return texts.received(opened(body))
        if kind in texts.FATES:
            return texts.sent(opened(body))
        if kind in calls.KINDS:
            return calls.news(opened(body))
        if kind == contacts.UPDATED:
            return contacts.known(opened(body))
    except UNREADABLE as exc:
        raise NotUnderstood("It is not of a shape that Quo sends.") from exc
    return OtherEvent(kind=kind)
