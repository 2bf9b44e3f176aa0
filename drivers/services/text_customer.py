"""A driver writes to the customer, through the gate."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from crm_intake.gate.decision import reason_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.services.send_text import send_text
from drivers.errors import NotTexted
from drivers.models import StopAction
from drivers.services.tell_of_way import NEWS_MAY_WAIT
from scheduling.models import Stop
from scheduling.selectors.notices import number_to_tell


def text_customer(action: StopAction, stop: Stop, load: str, said: Mapping[str, Any]) -> None:
    """Send the words to the number at the place, else the customer's, soon or not at all.

    They stand in the conversation like any other text that somebody writes, and what is answered
    reaches the office.

    :raises NotTexted: there is no such number, or the gate lets nothing through there now.
    """
    del load
    number = number_to_tell(stop.job)
    if not number:
        raise NotTexted("There is no number here that can get texts. Call the office.")
    until = action.done_at + NEWS_MAY_WAIT
    if until <= timezone.now():
        raise NotTexted("The text was not sent. It reached the office too late. Call instead.")
    text = send_text(
        number=number,
        text=said["text"],
        purpose=Purpose.REPLY,
        by=action.by,
        not_after=until,
    )
    if text.state == OutgoingText.State.REFUSED:
        raise NotTexted(f"The text was not sent. {reason_of(text.rule)} Call instead.")
