"""What the phone says in Spanish: the server's sentences, and its own words."""

import json
import re
from functools import cache
from pathlib import Path

from portal.testing.sources import ROOT

PHONE = ROOT / "static/src/driver"
REFUSALS, WORDS = PHONE / "refusals.ts", PHONE / "words.ts"
ENTRY = re.compile(r'^  ("(?:[^"\\]|\\.)+"):\s+("(?:[^"\\]|\\.)+"),$', re.MULTILINE)
VALUE = re.compile(r"\{\w+\}")


@cache
def entries(source: Path = REFUSALS) -> dict[str, str]:
    """Return each sentence with what stands for it, both with {names} for values."""
    return {
        json.loads(words): json.loads(said) for words, said in ENTRY.findall(source.read_text())
    }


def screens() -> str:
    """Return the source of all that may say something on the phone."""
    sources = (one for one in PHONE.rglob("*.ts") if one not in {REFUSALS, WORDS})
    return "".join(source.read_text() for source in sources)


def entry_of(words: str) -> str | None:
    """Return the sentence that the phone takes these words for: a whole one before the others."""
    if words in entries():
        return words
    for sentence in entries():
        parts = [re.escape(part) for part in VALUE.split(sentence)]
        if len(parts) > 1 and re.fullmatch("(.+)".join(parts), words, re.DOTALL):
            return sentence
    return None
