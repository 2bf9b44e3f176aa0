"""A state machine as a picture: Mermaid, which code hosts and editors draw."""

from collections.abc import Iterator, Mapping

from django.db.models import TextChoices

Transitions = Mapping[tuple[TextChoices | None, TextChoices], str]


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
