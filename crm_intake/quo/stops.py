"""Does a delivery say stop? A pure function, asked before the delivery is answered."""

from django.conf import settings

from crm_intake.quo.normalise import sender_and_text
from crm_intake.wording import read
from portal.core.phone import to_e164


def stopper_in(body: bytes) -> str | None:
    """Return the number that says stop, as E.164 or as given; ``None`` when nobody does."""
    sender, text = sender_and_text(body) or ("", "")
    if not sender or not read(text).stops:
        return None
    return to_e164(sender, country=settings.BUSINESS_COUNTRY) or sender
