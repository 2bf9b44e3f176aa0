"""Quo's texts: those that came in, and what became of those that went out."""

from typing import Any

from crm_intake.events import Event, Fate, IncomingText, MediaLink, OtherEvent, SentText
from crm_intake.quo.envelope import UNREADABLE, Told, opened
from crm_intake.source import Written
from crm_intake.values import clean, first, moment, name_of, web_address

RECEIVED = "message.received"
FATES = {
    "message.delivered": Fate.DELIVERED,
    "message.failed": Fate.FAILED,
    "message.undelivered": Fate.FAILED,
}
MOST_MEDIA = 20


def received(told: Told) -> Event:
    """Return the text that came in; one of the business's own has no effect."""
    if told.record.get("direction") != "incoming":
        return OtherEvent(kind=f"{RECEIVED}, outgoing")
    sender, recipients = _parties(told)
    return IncomingText(
        key=f"message:{name_of(told.record['id'])}",
        sender=first(sender),
        recipient=first(recipients),
        text=_words(told.record),
        occurred_at=moment(told.record.get("createdAt")),
        media=_media(told.record),
    )


def sent(told: Told) -> Event:
    """Return what became of a text of the business, written here or in Quo's own app."""
    sender, recipients = _parties(told)
    code = clean(told.record.get("errorCode")) or told.kind.rpartition(".")[2]
    return SentText(
        key=f"message:{name_of(told.record['id'])}",
        sender=first(sender),
        recipient=first(recipients),
        text=_words(told.record),
        fate=FATES[told.kind],
        code=code[:40] if FATES[told.kind] is Fate.FAILED else "",
        occurred_at=moment(told.record.get("createdAt")),
        media=_media(told.record),
    )


def written(body: bytes, _about: str) -> Written | None:
    """Return who wrote what, from as little of a delivery as can be read."""
    try:
        told = opened(body)
        if told.kind != RECEIVED or told.record.get("direction") == "outgoing":
            return None
        return Written(sender=first(_parties(told)[0]), text=_words(told.record))
    except UNREADABLE:
        return None


def _parties(told: Told) -> tuple[Any, Any]:
    """Return the sender and the recipients, which stand beside the record since 2026."""
    if "senderIdentifier" in told.context:
        return told.context["senderIdentifier"], told.context.get("recipientIdentifiers")
    return told.record.get("from"), told.record.get("to")


def _words(record: dict[str, Any]) -> str:
    return clean(record.get("text") or record.get("body"))


def _media(record: dict[str, Any]) -> tuple[MediaLink, ...]:
    """Return what came along; what cannot be read of it loses no text."""
    told = record.get("media")
    parts = [part for part in told if isinstance(part, dict)] if isinstance(told, list) else []
    links = [MediaLink(web_address(part.get("url")), first(part.get("type"))) for part in parts]
    return tuple(link for link in links if link.url)[:MOST_MEDIA]
