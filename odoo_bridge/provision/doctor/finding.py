"""A finding: what was looked at, how it is, and who must do what."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "OK"
    ATTENTION = "attention"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """In plain words, and without a secret."""

    about: str
    level: Level
    says: str
    advice: str = ""


def fine(about: str, says: str) -> Finding:
    """Nobody has to do anything."""
    return Finding(about, Level.OK, says)


def attention(about: str, says: str, advice: str) -> Finding:
    """It works, and somebody should look after it."""
    return Finding(about, Level.ATTENTION, says, advice)


def broken(about: str, says: str, advice: str) -> Finding:
    """It does not work before somebody has done something."""
    return Finding(about, Level.BROKEN, says, advice)
