"""Pictures that people send, drawn anew before they are kept."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.core.errors import UserFacingError

FORMATS = ("PNG", "JPEG", "WEBP")
NO_PICTURE = "This file is no PNG, JPEG or WebP picture. Choose another one."
ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}


class NotAPicture(UserFacingError):
    """The file is no picture that we can show."""


def png_of(content: bytes, *, side: int, most_side: int) -> bytes:
    """Return the picture as a PNG of at most ``side`` pixels each way, see ``_drawn``."""
    return _drawn(content, side, most_side, mode="RGBA", kind="PNG")


def jpeg_of(content: bytes, *, side: int, most_side: int) -> bytes:
    """Return the picture as a JPEG of at most ``side`` pixels each way, see ``_drawn``."""
    return _drawn(content, side, most_side, mode="RGB", kind="JPEG")


def kind_of_clean(content: bytes, *, most_side: int) -> str:
    """Return ``"JPEG"`` or ``"PNG"``, of a picture that is kept as it is.

    :raises NotAPicture: it is none, is wider or higher than ``most_side``, cannot be drawn, or
        carries more than the picture: where and with what it was taken, or another file behind it.
    """
    picture = _opened(content, most_side, ("PNG", "JPEG"))
    try:
        picture.load()
    except (OSError, ValueError, SyntaxError) as exc:
        raise NotAPicture(NO_PICTURE) from exc
    told = {"exif", "xmp", "comment", "photoshop"} & picture.info.keys()
    if told or not content.rstrip(b"\x00").endswith(ENDS[str(picture.format)]):
        raise NotAPicture("This picture carries more than itself. Take it anew with this page.")
    return str(picture.format)


def _drawn(content: bytes, side: int, most_side: int, *, mode: str, kind: str) -> bytes:
    """Draw it anew, the way up in which it was taken.

    That drops whatever else a file may carry: where it was taken, scripts, second contents.

    :raises NotAPicture: wider or higher than ``most_side``, or no PNG, JPEG or WebP picture.
    """
    picture = _opened(content, most_side, FORMATS)
    try:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((side, side))
        drawn = io.BytesIO()
        upright.convert(mode).save(drawn, kind, optimize=True)
    except (OSError, ValueError, SyntaxError) as exc:
        raise NotAPicture(NO_PICTURE) from exc
    return drawn.getvalue()


def _opened(content: bytes, most_side: int, formats: tuple[str, ...]) -> Image.Image:
    """Return a picture whose pixels are not unpacked yet.

    :raises NotAPicture: it is wider or higher than ``most_side``, or of none of the formats.
    """
    too_wide = f"The picture is wider or higher than {most_side} pixels. Save a smaller one."
    try:
        picture = Image.open(io.BytesIO(content), formats=formats)
    except Image.DecompressionBombError as exc:
        raise NotAPicture(too_wide) from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
        raise NotAPicture(NO_PICTURE) from exc
    if max(picture.size) > most_side:
        raise NotAPicture(too_wide)
    return picture
