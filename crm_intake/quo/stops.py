"""Does a delivery say stop? A pure function, asked before the delivery is answered."""

from django.conf import settings

from crm_intake.errors import NotUnderstood
from crm_intake.events import IncomingText
from crm_intake.quo.normalise import normalise
from crm_intake.stop_words import says_stop
from portal.core.phone import to_e164


def stopper_in(body: bytes) -> str | None:
    """Return the number that says stop, as E.164 or as given; ``None`` when nobody does."""
    try:
        event = normalise(body)
    except NotUnderstood:
        return None
    if isinstance(event, IncomingText) and event.sender and says_stop(event.text):
        return to_e164(event.sender, country=settings.BUSINESS_COUNTRY) or event.sender
    return None
