"""What sends texts: a provider's client, as the rest of us sees it."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

WhileSending = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, kw_only=True)
class Sender:
    """A way for texts to go out; each provider's folder has one.

    ``send`` hands a text over and returns the provider's id of it. It raises ``TextRefused`` when
    the provider said no, ``NotTakenNow`` when nothing was handed over, and ``AnswerLost`` when
    nobody knows. ``find`` asks the provider whether it has a text to a number with these words
    since a moment, and returns its ids; it raises ``NotTakenNow`` when the provider does not say.
    What ``send`` is given last is entered before its first byte goes out, and left after the last.
    ``answers_words`` are those on which the provider itself has confirmed a stop already.
    """

    name: str
    label: str
    send: Callable[[str, str, WhileSending], str]
    find: Callable[[str, str, dt.datetime], list[str]]
    answers_words: frozenset[str] = frozenset()
    answers_help: bool = False
