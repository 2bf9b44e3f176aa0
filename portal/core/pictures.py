"""Pictures that people send, drawn anew before they are kept."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.core.errors import UserFacingError

FORMATS = ("PNG", "JPEG", "WEBP")


class NotAPicture(UserFacingError):
    """The file is no picture that we can show."""


def png_of(content: bytes, *, side: int, most_side: int) -> bytes:
    """Return the picture as a PNG of at most ``side`` pixels each way, see ``_drawn``."""
    return _drawn(content, side, most_side, mode="RGBA", kind="PNG")


def jpeg_of(content: bytes, *, side: int, most_side: int) -> bytes:
    """Return the picture as a JPEG of at most ``side`` pixels each way, see ``_drawn``."""
    return _drawn(content, side, most_side, mode="RGB", kind="JPEG")


def _drawn(content: bytes, side: int, most_side: int, *, mode: str, kind: str) -> bytes:
    """Draw it anew, the way up in which it was taken.

    That drops whatever else a file may carry: where it was taken, scripts, second contents.

    :raises NotAPicture: wider or higher than ``most_side``, or no PNG, JPEG or WebP picture.
    """
    too_wide = f"The picture is wider or higher than {most_side} pixels. Save a smaller one."
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if max(picture.size) > most_side:  # known before the pixels are unpacked
                raise NotAPicture(too_wide)
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((side, side))
            drawn = io.BytesIO()
            upright.convert(mode).save(drawn, kind, optimize=True)
    except Image.DecompressionBombError as exc:
        raise NotAPicture(too_wide) from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
        raise NotAPicture("This file is no PNG, JPEG or WebP picture. Choose another one.") from exc
    return drawn.getvalue()
