"""The words by which a text alone takes consent back.

The single words are those that 47 CFR 64.1200(a)(10) names (in force since 2025-04-11), those of
the CTIA's principles of May 2023, and those that the providers act on. Case, width, punctuation
and spaces do not matter. Anything longer is read by people.
"""

import re
import unicodedata

STOP_WORDS = frozenset(
    [
        "stop",
        "stopall",
        "unsubscribe",
        "cancel",
        "end",
        "quit",
        "revoke",
        "optout",
        "remove",
        "arret",
    ]
)
START_WORDS = frozenset(["start", "unstop"])


def says_stop(text: str) -> bool:
    """Say whether the whole text is one of the words that stop everything."""
    return _bare(text) in STOP_WORDS


def says_start(text: str) -> bool:
    """Say whether the whole text asks to begin again. It restores nothing by itself."""
    return _bare(text) in START_WORDS


def _bare(text: str) -> str:
    """Return the letters alone, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"[^a-z0-9]", "", plain)
