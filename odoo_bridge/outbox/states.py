"""The states of an entry, and the only ways from one to another.

``docs/states.md`` is drawn from this table, and whatever changes a state does it by ``move``, or
for many at once in SQL out of ``leading_to`` alone: the table, the picture and the code cannot say
different things.
"""

from odoo_bridge.models import OutboxEntry
from portal.core.state_diagram import Transitions, refuse_unknown

State = OutboxEntry.State

TRANSITIONS: Transitions = {
    (None, State.QUEUED): "promised, with the change it speaks of",
    (State.QUEUED, State.SUPERSEDED): "a newer change of the same took its place",
    (State.QUEUED, State.SENDING): "leased, committed before the call",
    (State.SENDING, State.DONE): "Odoo has done it",
    (State.SENDING, State.QUEUED): "Odoo down, overloaded, or crashed",
    (
        State.SENDING,
        State.UNKNOWN,
    ): "the answer was lost, the worker died, or a look-up met no Odoo",
    (State.SENDING, State.PARKED): "Odoo said no, or out of tries, or it killed five workers",
    (State.SENDING, State.CONFLICT): "the same was changed in Odoo meanwhile",
    (State.UNKNOWN, State.SENDING): "looked up by running the steps again",
    (State.PARKED, State.QUEUED): "a person tries again",
    (State.PARKED, State.DROPPED): "a person gives it up, with a note",
    (State.CONFLICT, State.QUEUED): "a person chose, and something of ours is left",
    (State.CONFLICT, State.DROPPED): "a person takes what Odoo has, or gives it up, with a note",
}


def move(entry: OutboxEntry, state: State) -> None:
    """Change the entry's state; the caller holds its lock and saves it.

    :raises NoSuchMove: the table has no such transition.
    """
    refuse_unknown(TRANSITIONS, entry.state, state)
    entry.state = state


def leading_to(state: State) -> list[str]:
    """Return the states from which an entry can come to this one, for a statement in SQL."""
    return [start.value for start, end in TRANSITIONS if end == state and start]
