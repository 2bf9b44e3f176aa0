"""A text as plain words: without what case, width, accents and invisible characters hide."""

import re
import unicodedata

LOOK_ALIKES = str.maketrans("аеорсхуіѕтκοραε", "aeopcxyistkopae")
DIGITS = str.maketrans("0153@$", "oiseas")
MARK_IN_A_WORD = re.compile(r"['’`´ʼ]")  # noqa: RUF001 - all that phones make of an apostrophe
WORD = re.compile(r"[a-z0-9@$]+")
DRAWN_OUT = re.compile(r"(.)\1{2,}")
MOST_CHARACTERS = 2_000  # whoever writes more than a few texts at once asks for nothing by a word


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words in lower case, as a phone without accents or signs would have them.

    "Don't" is ``dont``, "STÓP" and "st0p" and "stoooop" are ``stop``; a number stays a number.
    """
    letters = text.lower() if text.isascii() else _ascii(text)
    return tuple(map(_plain, WORD.findall(MARK_IN_A_WORD.sub("", letters))))


def _ascii(text: str) -> str:
    """Return what a text without look-alikes and accents would be."""
    wide = unicodedata.normalize("NFKC", shown(text)).casefold().translate(LOOK_ALIKES)
    bare = unicodedata.normalize("NFKD", MARK_IN_A_WORD.sub("", wide))
    return "".join(char for char in bare if not unicodedata.combining(char))


def shown(text: str) -> str:
    """Return the text without what nobody sees: joiners, direction marks, variation selectors."""
    return text if text.isascii() else "".join(char for char in text if not _is_hidden(char))


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or char == "\u034f"


def _plain(word: str) -> str:
    if word.isalpha():
        return DRAWN_OUT.sub(r"\1", word)
    if any(char.isalpha() for char in word):
        return DRAWN_OUT.sub(r"\1", word.translate(DIGITS))
    return word.strip("@$")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(words.split())


def distance(one: str, other: str) -> int:
    """Return how many letters were added, left out, changed or swapped (optimal alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, theirs in enumerate(other, 1):
            steps = [row[-1] + 1, before[j] + 1, before[j - 1] + (mine != theirs)]
            if i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == theirs:
                steps.append(last[j - 2] + 1)
            row.append(min(steps))
    return row[-1]
