"""A provider tells what became of a text of ours."""

from crm_intake.events import Fate
from crm_intake.models import Message, OutgoingText
from crm_intake.services.note_failure import note_failure
from crm_intake.services.text_states import TRANSITIONS, move

State = OutgoingText.State
STATES = {Fate.SENT: State.SENT, Fate.DELIVERED: State.DELIVERED, Fate.FAILED: State.FAILED}


def id_of(message: Message) -> str:
    """Return the provider's id of a text that it told of."""
    return message.event_key.partition(":")[2]


def follow_text(message: Message) -> None:
    """Bring our text to where the provider's news has it, in the caller's transaction.

    One whose answer was lost is known by its number and its words.
    """
    ours = OutgoingText.objects.select_for_update().filter(provider=message.provider)
    text = ours.filter(provider_id=id_of(message)).first()
    if text is None:
        lost = ours.filter(state=State.UNKNOWN, number=message.recipient, text=message.text)
        text = lost.order_by("pk").first()
        if text is None or not message.text:
            return
        move(text, State.SENT)
        text.provider_id, text.settled_at = id_of(message), message.occurred_at
    state = STATES[Fate(message.fate)]
    if (text.state, state) in TRANSITIONS:
        move(text, state)
        text.failure = message.failure_code
        if state == State.FAILED:
            note_failure(text, message.failure_code)
    text.save()
