"""How a text travels: in the telephones' own alphabet (GSM 03.38, 7 bits) or in UCS-2, in parts.

One character outside of that alphabet more than doubles what the whole text costs, so what phones
and word processors put in by themselves is written plainly.
"""

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_TWICE = frozenset("\f^{}\\[~]|€")
PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),  # noqa: RUF001 - what is to be replaced
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
        "…": "...",
        "•": "-",
        "\u00d7": "x",
    }
)
GSM_ALONE, GSM_JOINED = 160, 153  # characters of 7 bits
UCS2_ALONE, UCS2_JOINED = 70, 67  # code units of 16 bits


def as_sent(text: str) -> str:
    """Return the text as it is handed to a provider: quotes, dashes and spaces made plain."""
    return text.replace("\r\n", "\n").translate(PLAIN).strip()


def segments_of(text: str) -> int:
    """Return how many texts a provider charges for it."""
    if all(one in GSM_7 or one in GSM_7_TWICE for one in text):
        length = sum(2 if one in GSM_7_TWICE else 1 for one in text)
        return _parts(length, GSM_ALONE, GSM_JOINED)
    return _parts(len(text.encode("utf-16-le")) // 2, UCS2_ALONE, UCS2_JOINED)


def _parts(length: int, alone: int, joined: int) -> int:
    return 1 if length <= alone else -(-length // joined)
