"""Hand a queued text to the provider."""

from django.db import transaction
from django.utils import timezone

from crm_intake.console.client import ConsoleProvider
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.selectors.consent import standing_of
from portal.core.changes import touch

State = OutgoingText.State


def deliver_next(provider: ConsoleProvider) -> bool:
    """Send the oldest text that waits; return whether there was one.

    Whether it may be sent is asked once more here, in the transaction that marks it as being sent.
    One that was cut off after that stays SENDING: it is never sent again blindly.
    """
    text = _take_next()
    if text is None:
        return False
    if text.state == State.SENDING:
        provider_id = provider.send(number=text.number, text=text.text)
        OutgoingText.objects.filter(pk=text.pk).update(
            state=State.SENT, provider_id=provider_id, settled_at=timezone.now()
        )
        touch("inbox")
    return True


@transaction.atomic
def _take_next() -> OutgoingText | None:
    queued = OutgoingText.objects.filter(state=State.QUEUED).order_by("pk")
    text = queued.select_for_update(skip_locked=True).first()
    if text is None:
        return None
    text.rule = standing_of(text.number).refuses(Purpose(text.purpose))
    text.state = State.REFUSED if text.rule else State.SENDING
    text.settled_at = timezone.now() if text.rule else None
    text.save(update_fields=["rule", "state", "settled_at"])
    return text
