"""The one door for texts to people."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from crm_intake.errors import NotANumber
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.selectors.consent import standing_of
from crm_intake.services.person_of import person_of
from portal.accounts.models import User
from portal.core.jobs import wake
from portal.core.phone import to_e164

SEND = "crm_intake.tasks.send_texts"


@transaction.atomic
def send_text(*, number: str, text: str, purpose: Purpose, by: User | None) -> OutgoingText:
    """Queue a text, or keep it as refused with the rule that refused it.

    It is asked again at the moment of sending: a stop in between counts.

    :raises NotANumber: nothing could be sent there.
    """
    to = to_e164(number, country=settings.BUSINESS_COUNTRY)
    if to is None:
        raise NotANumber("This is no telephone number. Write it with its area code.")
    rule = standing_of(to).refuses(purpose)
    queued = OutgoingText.objects.create(
        number=to,
        person=person_of(to),
        text=text,
        purpose=purpose,
        state=OutgoingText.State.REFUSED if rule else OutgoingText.State.QUEUED,
        rule=rule,
        wanted_by=by,
        settled_at=timezone.now() if rule else None,
    )
    if not rule:
        wake(SEND)
    return queued
