"""A state machine: its table of transitions, which refuses all others, and a picture of it.

The picture is Mermaid, which code hosts and editors draw.
"""

from collections.abc import Iterator, Mapping

from django.db.models import TextChoices

Transitions = Mapping[tuple[TextChoices | None, TextChoices], str]


class NoSuchMove(Exception):
    """A bug: nothing leads from the one state to the other."""


def refuse_unknown(transitions: Transitions, start: str, end: TextChoices) -> None:
    """See to it that the table knows the way.

    :raises NoSuchMove: it has no such transition.
    """
    if (start, end) not in transitions:
        raise NoSuchMove(f"{start} → {end}")


def diagram(transitions: Transitions) -> str:
    """Return the diagram of the transitions, each with what causes it. ``None`` is the beginning.

    A state out of which nothing leads is an end. Those that nothing reaches yet are named below.
    """
    lines = ["```mermaid", "stateDiagram-v2", *_arrows(transitions), "```"]
    if unused := _unused(transitions):
        lines += ["", f"Not used yet: {', '.join(f'`{state}`' for state in unused)}."]
    return "\n".join(lines)


def _arrows(transitions: Transitions) -> Iterator[str]:
    for (start, end), cause in transitions.items():
        yield f"    {start or '[*]'} --> {end}: {cause}"
    starts = {start for start, _end in transitions}
    for end in dict.fromkeys(end for _start, end in transitions):
        if end not in starts:
            yield f"    {end} --> [*]"


def _unused(transitions: Transitions) -> list[TextChoices]:
    reached = {end for _start, end in transitions}
    return [state for state in type(next(iter(reached))) if state not in reached]
