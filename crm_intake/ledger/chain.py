"""The chain of hashes: each event of a number holds the hash of the one before it.

Whoever changes, removes or puts in an event breaks every hash that follows.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

FIRST = "0" * 64


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content, by its JSON with sorted keys, as 64 hex digits.

    Moments and keys are texts in it: what is hashed is what was written, byte by byte.
    """
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def broken_at(links: Iterable[tuple[int, str, str, Mapping[str, Any]]]) -> int | None:
    """Return the place of the first link that is not as it was made; ``None`` when all are.

    :param links: of one number, in their order: place, hash before, own hash, content.
    """
    before = FIRST
    for expected, (place, previous, own, content) in enumerate(links, start=1):
        if (place, previous, own) != (expected, before, digest(content)):
            return expected
        before = own
    return None
