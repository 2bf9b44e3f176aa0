"""Texts with a code by which somebody signs in: how they read, and how they are kept.

Their last line is the one by which phones fill in a code for our pages and for no others. By it a
code is known wherever such a text comes back to us, in whatever words.
"""

import re

from django.utils.translation import gettext as _

DIGITS = 6
HIDDEN = b"*" * DIGITS


def code_words(*, code: str, business: str, minutes: int, host: str) -> str:
    """Return the text that carries a code."""
    words = _(
        "%(code)s is your code to sign in at %(business)s. It is good for %(minutes)s minutes. Give"
        " it to nobody."
    ) % {"code": code, "business": business, "minutes": minutes}
    return f"{words}\n\n@{host} #{code}"


def without_code(words: str, *, host: str) -> str:
    """Return the words of such a text without its digits."""
    return code_hidden_in(words.encode(), host=host).decode()


def carried_code(words: str, *, host: str) -> bool:
    """Say whether these are the words of such a text, as they are kept."""
    return f"@{host} #{HIDDEN.decode()}" in words


def code_hidden_in(body: bytes, *, host: str) -> bytes:
    """Return the body, JSON or a form, without the digits of the codes of ours in it."""
    before = rb"(?:@|%40)" + re.escape(host.encode()) + rb"(?: |\+|%20)(?:#|%23)"
    line = re.compile(rb"(" + before + rb")([0-9]{%d})(?![0-9])" % DIGITS)
    for code in {found.group(2) for found in line.finditer(body)}:
        # Alone, or between words: an id or a moment with the same digits stays as it is.
        body = re.sub(rb"(?<![\w.:-])" + code + rb"(?![\w.:-])", HIDDEN, body)
    return line.sub(rb"\g<1>" + HIDDEN, body)
