"""What the phone says in Spanish of the server's sentences."""

import json
import re
from functools import cache

from portal.testing.sources import ROOT

SOURCE = ROOT / "static/src/driver/refusals.ts"
ENTRY = re.compile(r'^  ("(?:[^"\\]|\\.)+"):\s+("(?:[^"\\]|\\.)+"),$', re.MULTILINE)
VALUE = re.compile(r"\{\w+\}")


@cache
def entries() -> dict[str, str]:
    """Return each sentence with what stands for it, both with {names} for values."""
    return {
        json.loads(words): json.loads(said) for words, said in ENTRY.findall(SOURCE.read_text())
    }


def entry_of(words: str) -> str | None:
    """Return the sentence that the phone takes these words for: a whole one before the others."""
    if words in entries():
        return words
    for sentence in entries():
        parts = [re.escape(part) for part in VALUE.split(sentence)]
        if len(parts) > 1 and re.fullmatch("(.+)".join(parts), words, re.DOTALL):
            return sentence
    return None
