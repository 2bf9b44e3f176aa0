"""What somebody reads when a field cannot be taken: one sentence, whatever is wrong with it.

The phone says each that a driver reads in Spanish, too: ``static/src/driver/refusals.ts``.
"""

from django import forms
from django_stubs_ext import StrOrPromise

CODES = (
    *("required", "invalid", "invalid_choice", "min_length", "max_length", "min_value"),
    *("max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
    "null_characters_not_allowed",
)


def plain(words: StrOrPromise) -> dict[str, StrOrPromise]:
    """Return these words as the ``error_messages`` of a field."""
    return dict.fromkeys(CODES, words)


def unreadable(fields: str) -> str:
    """Return what is said of fields that no driver types."""
    return f"The server cannot read this ({fields}). Do it again, or call the office."


def refusal_of(form: forms.Form) -> str:
    """Return what is wrong with a form: the first of it, as one thing is mended after another."""
    return str(next(iter(form.errors.values()))[0])
