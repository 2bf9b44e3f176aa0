"""What two ways of writing one address have in common."""

import re
import unicodedata

MOST = 400
NO_WORD = re.compile(r"[^\w#]+")


def key_of(address: str) -> str:
    """Return the address without case, accents, commas and spaces that mean nothing.

    "12 Oak St., Greenup, KY  41144" and "12 oak st, greenup KY 41144" have one key. Abbreviations
    stay what they are: "St" may be Street or Saint.
    """
    letters = address.lower() if address.isascii() else _bare(address)
    return NO_WORD.sub(" ", letters).strip()[:MOST].rstrip()


def _bare(address: str) -> str:
    plain = address
    for _time in range(2):  # one may bring letters that the other changes (Unicode 3.13, D146)
        plain = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))
