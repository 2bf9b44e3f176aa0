"""What people are shown when they sign up for texts, by the CTIA's principles of May 2023.

The disclosure is what they agree to: it is kept to the letter with their consent.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Program:
    """What the texts are about, how often they come, whose they are, and who answers questions."""

    business: str
    about: str
    frequency: str
    phone: str


def disclosure(program: Program) -> str:
    """Return what stands beside the box to tick."""
    return _(
        "I agree to get recurring texts with %(about)s from %(business)s, sent automatically, at"
        " the number above: %(frequency)s. I need not agree to buy anything. Msg & data rates may"
        " apply. Reply STOP to end them, HELP for help, or call %(phone)s."
    ) % _values(program)


def question(program: Program) -> str:
    """Return the text that asks whether it was really they."""
    return _(
        "%(business)s: reply YES to get %(about)s by text, %(frequency)s. Msg & data rates may"
        " apply. If it was not you, do nothing. STOP ends all, HELP for help."
    ) % _values(program)


def welcome(program: Program) -> str:
    """Return the text that confirms it."""
    return _(
        "%(business)s: you will get %(about)s, %(frequency)s. Msg & data rates may apply."
        " Questions? Call %(phone)s. Reply STOP to end, HELP for help."
    ) % _values(program)


def _values(program: Program) -> dict[str, str]:
    return {name: getattr(program, name) for name in ("business", "about", "frequency", "phone")}
