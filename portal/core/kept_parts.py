"""Parts of pages that are made once for all who look, until something changes that they show.

A part is kept by a web process with the position at which its making began. It is shown again as
long as none of its topics has changed since: what an open page would not read anew is not made
anew either. What changes without telling a topic shows within ``LONGEST``.
"""

import hashlib
from collections.abc import Callable, Hashable, Set
from dataclasses import dataclass

from django.core.cache import caches

from portal.core.changes import changed_since, position_now

LONGEST = 30  # seconds
LARGEST = 1_000_000  # letters; what is larger would fill the memory of each process


@dataclass(frozen=True)
class Part:
    """A piece of HTML, and the position since which its topics are looked at."""

    position: str
    html: str


def kept_part(name: Hashable, topics: Set[str], make: Callable[[], str]) -> str:
    """Return the part of this name, made anew when one of the topics has changed; one query.

    :param name: everything that decides what the part says, but for the database; its ``repr``
        tells it from all others.
    """
    parts = caches["parts"]
    key = hashlib.sha256(repr(name).encode()).hexdigest()
    part: Part | None = parts.get(key)
    changes = changed_since(part.position) if part else None
    if part and changes and not topics & set(changes.topics):
        return part.html
    part = Part(changes.position if changes else position_now(), make())
    if len(part.html) <= LARGEST:
        parts.set(key, part, LONGEST)
    return part.html
