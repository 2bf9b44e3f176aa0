"""What stands in a PDF."""

import io

from pypdf import PdfReader


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page.

    The reader takes each letter of a font that has an emoji for two, of which the first is NUL.
    """
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [page.extract_text().replace("\0", "") for page in pages]


def text_of(pdf: bytes) -> str:
    """Return the text of all pages."""
    return "\n".join(pages_of(pdf))
