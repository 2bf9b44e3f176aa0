"""Which files are kept, told by their own first bytes and never by what was said of them."""

from typing import Final

import filetype

KEPT: Final = frozenset(
    [
        *("image/jpeg", "image/png", "image/gif", "image/webp", "image/heic"),
        *("audio/mpeg", "audio/x-wav", "audio/wav", "audio/ogg", "audio/mp4", "audio/m4a"),
        *("audio/x-m4a", "audio/amr", "audio/aac"),
        *("video/mp4", "video/3gpp", "video/quicktime", "video/webm"),
        "application/pdf",
    ]
)
# A browser shows these beside the talk; anything else is offered as a file.
SHOWN: Final = ("image/", "audio/", "video/")


def kind_of(content: bytes) -> str | None:
    """Return the content type of a file that may be kept; ``None`` of any other."""
    found = filetype.guess_mime(content)
    return found if found in KEPT else None
