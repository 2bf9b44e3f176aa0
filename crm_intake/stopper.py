"""Does a delivery say stop? A pure function, asked before the delivery is answered."""

from django.conf import settings

from crm_intake.source import Written
from crm_intake.wording import read
from portal.core.phone import to_e164


def stopper_in(written: Written | None) -> str | None:
    """Return the number that says stop, as E.164 or as given; ``None`` when nobody does."""
    if written is None or not written.sender:
        return None
    if not (written.stops or read(written.text).stops):
        return None
    return to_e164(written.sender, country=settings.BUSINESS_COUNTRY) or written.sender
