"""Where leads come from, as the business writes it down: a state, postcodes, or numbers."""

import re

STATE = re.compile(r"[A-Z]{2}")
POSTCODE = re.compile(r"[0-9]{3,5}")
NUMBER = re.compile(r"\+[0-9]{1,15}")


def territory(text: str) -> str | None:
    """Return a territory as it is kept: ``NH``, ``033`` or ``+1603``; ``None`` if it is none."""
    plain = re.sub(r"[\s()*.-]", "", text).upper()
    shapes = (STATE, POSTCODE, NUMBER)
    return plain if any(shape.fullmatch(plain) for shape in shapes) else None


def closeness(kept: str, *, number: str, state: str, postcode: str) -> int:
    """Return how closely a territory names this place; 0 if it does not.

    A postcode says more than a state, and an address more than a telephone number.

    :param number: of the caller, E.164.
    """
    if kept.startswith("+"):
        return len(kept) if number.startswith(kept) else 0
    if kept.isdigit():
        return 200 + len(kept) if postcode.startswith(kept) else 0
    return 100 if kept == state else 0
