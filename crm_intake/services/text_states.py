"""The states of a text that goes out, and the only ways from one to another.

``docs/states.md`` is drawn from this table; whatever changes a state does it by ``move``.
"""

from crm_intake.models import OutgoingText
from portal.core.state_diagram import Transitions, refuse_unknown

State = OutgoingText.State

TRANSITIONS: Transitions = {
    (None, State.QUEUED): "somebody wants it sent, and it may be",
    (None, State.HELD): "it may be sent later",
    (None, State.REFUSED): "it may not be sent",
    (State.QUEUED, State.HELD): "when its turn came it was too late in the day",
    (State.HELD, State.QUEUED): "its time has come",
    (State.QUEUED, State.REFUSED): "when its turn came it might not be sent any more",
    (State.QUEUED, State.SENDING): "asked again, committed before the call",
    (State.SENDING, State.SENT): "the provider has it",
    (State.SENDING, State.REFUSED): "a stop came before its first byte",
    (State.SENDING, State.FAILED): "the provider said no",
    (State.SENDING, State.QUEUED): "nothing was handed over",
    (State.SENDING, State.UNKNOWN): "the answer was lost, or the worker died",
    (State.UNKNOWN, State.SENT): "the provider was asked and has it, or somebody says so",
    (State.UNKNOWN, State.QUEUED): "the provider was asked twice, and does not have it",
    (State.QUEUED, State.DROPPED): "somebody took it back",
    (State.HELD, State.DROPPED): "somebody took it back",
    (State.UNKNOWN, State.DROPPED): "somebody says that it did not go out, and need not",
    (State.SENT, State.DELIVERED): "the provider tells so",
    (State.SENT, State.FAILED): "the provider tells so",
    (State.FAILED, State.DELIVERED): "the provider tells so after all",
}


def move(text: OutgoingText, state: State) -> None:
    """Change the text's state; the caller holds its lock and saves it, with its secret.

    :raises NoSuchMove: the table has no such transition.
    """
    refuse_unknown(TRANSITIONS, text.state, state)
    text.state = state
    if state not in OutgoingText.NOT_SETTLED:
        text.secret = ""
