"""What a text asks for about texts.

The single words are those that 47 CFR 64.1200(a)(10) names, those of the CTIA's principles of May
2023, and those that the providers act on.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from crm_intake.wording import phrases
from crm_intake.wording.plain import MOST_CHARACTERS, distance, plain_words, shown, word_set


class Said(StrEnum):
    """What was asked for."""

    STOP = "STOP"
    WRONG_NUMBER = "WRONG_NUMBER"
    START = "START"
    HELP = "HELP"
    YES = "YES"


STOP_WORDS = word_set(
    """stop stopall unsubscribe cancel end quit revoke optout remove arret alto basta yabasta nomas
    detener detenga detente parar pare paren cancelar baja desuscribir salir unsub"""
)
START_WORDS = frozenset(["start", "unstop"])
HELP_WORDS = frozenset(["help", "info", "ayuda"])
YES_WORDS = frozenset(["yes", "y", "si"])
POLITE = word_set(
    """please pls plz plss kindly thanks thank you thx ty now already immediately asap ok okay hey
    hi hello sir maam guys just right away por favor porfavor gracias ya ahora"""
)
ANY_WORD = STOP_WORDS | START_WORDS | HELP_WORDS | YES_WORDS
IT = word_set("it this that all everything these those i said mean me")
SURELY_STOP = frozenset(["stop", "quit", "unsubscribe", "optout", "basta"])
# Words of their own that are a slip away from one that stops.
NO_SLIP = word_set(
    """step shop slop strop stoop stomp stow stob atop top tops sop spot post pots stops shops
    stock stay story store storm soap"""
)
SLIPS = {"stop": 1, "unsubscribe": 3, "stopall": 1, "cancel": 1, "optout": 1, "revoke": 1}
STOP_SIGNS = frozenset("🛑⛔🚫")
MOST_WORDS = 14  # a longer text stops only by what names the person: "stop texting me"
NAMES_THE_PERSON = word_set("me us my unsubscribe list")


@dataclass(frozen=True)
class Reading:
    """What a text says. ``word`` is the one that all of it comes to, if it is but one."""

    said: Said | None = None
    word: str = ""

    @property
    def stops(self) -> bool:
        """No text may follow."""
        return self.said in {Said.STOP, Said.WRONG_NUMBER}

    @property
    def may_mean_the_order(self) -> bool:
        """It stops, and a person asks whether the order was meant as well."""
        return self.word in {"cancel", "end"}


def read(text: str) -> Reading:
    """Read a text that somebody sent. Anything that is not clear says nothing here."""
    text = text[:MOST_CHARACTERS]
    signs = shown(text).split()
    if signs and set("".join(signs)) <= STOP_SIGNS:
        return Reading(Said.STOP)
    words = plain_words(text)
    word = _one_word(words)
    for said, known in (
        (Said.STOP, STOP_WORDS),
        (Said.START, START_WORDS),
        (Said.HELP, HELP_WORDS),
        (Said.YES, YES_WORDS),
    ):
        if word in known:
            return Reading(said, word)
    return Reading(_phrase(words))


def _one_word(words: tuple[str, ...]) -> str:
    """Return the word that all of it comes to without what is polite; empty when there is none."""
    said = [word for word in words if word not in POLITE]
    for without in (frozenset[str](), IT):
        left = [word for word in said if word not in without]
        known = _without_slips(left[0]) if len(set(left)) == 1 else "".join(left)
        if known in SURELY_STOP or (not without and known in ANY_WORD):
            return known
    return ""


def _without_slips(word: str) -> str:
    """Return the word that was meant, if only a slip of the thumb is between."""
    if word in NO_SLIP or not word.isalpha():
        return word
    for meant, most in SLIPS.items():
        if abs(len(word) - len(meant)) <= most and distance(word, meant) <= most:
            return meant
    return word


def _phrase(words: tuple[str, ...]) -> Said | None:
    text = " ".join(_without_slips(word) if len(word) > 8 else word for word in words)
    if len(words) <= MOST_WORDS and phrases.WRONG_NUMBER.search(text):
        return Said.WRONG_NUMBER
    return Said.STOP if _asks_to_stop(words, text) else None


def _asks_to_stop(words: tuple[str, ...], text: str) -> bool:
    if len(words) > MOST_WORDS and not NAMES_THE_PERSON & set(words):
        return False
    if "unsubscribe" in text.split() and not _is_told_of(text[: text.index("unsubscribe")]):
        return True
    if not phrases.ASKED_OR_SAID.search(text):
        return False
    asked = ((found, True) for phrase in phrases.ASKED for found in phrase.finditer(text))
    said = ((found, False) for phrase in phrases.SAID for found in phrase.finditer(text))
    return any(_is_meant(found, asks=asks) for found, asks in (*asked, *said))


def _is_meant(found: re.Match[str], *, asks: bool) -> bool:
    text, phrase = found.string, found.group()
    if asks and _is_told_of(text[: found.start()]):
        return False
    if phrases.CONDITION.search(text, found.start()):
        return False
    if phrases.ABOUT_A_DELIVERY.search(text) and not phrases.ABOUT_TEXTS.search(text):
        return phrase.startswith(("stop ", "do not ", "dont ", "leave ", "quit "))
    return True


def _is_told_of(before: str) -> bool:
    """Say whether the words before show that somebody tells of it: "you stop", "never stop"."""
    last = before.split()[-2:]
    if not last or last[-1] not in phrases.TELLS:
        return False
    return not ((last[0] in phrases.ASKS and last[-1] == "you") or last == ["you", "dont"])
