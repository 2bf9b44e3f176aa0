"""Words in braces in a saved reply that stand for something of the person who is answered."""

import re
from collections.abc import Mapping

KNOWN = ("first_name", "name", "order", "business", "me")
PLACEHOLDER = re.compile(r"\{\s*([a-z_]+)\s*\}", re.IGNORECASE)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with all that is known put in; what is not known keeps its braces."""

    def put(found: re.Match[str]) -> str:
        return values.get(found[1].lower()) or found[0]

    return PLACEHOLDER.sub(put, text)


def placeholders(text: str) -> list[str]:
    """Return the names in braces, each once, in their order."""
    return list(dict.fromkeys(found[1].lower() for found in PLACEHOLDER.finditer(text)))
