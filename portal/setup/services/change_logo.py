"""Change the business's logo."""

import hashlib
import io

from django.db import transaction
from PIL import Image, UnidentifiedImageError

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.errors import UserFacingError
from portal.setup.models import BusinessLogo, BusinessProfile
from portal.setup.selectors.profile import business_profile

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST_SIDE = 4000
SHOWN_SIDE = 320
TOO_WIDE = f"The logo is wider or higher than {LARGEST_SIDE} pixels. Save a smaller one."


class NotALogo(UserFacingError):
    """The file is no picture that we can show."""


def change_logo(*, content: bytes | None, by: User) -> None:
    """Keep the picture as the logo, drawn anew as a small PNG; ``None`` takes the logo away.

    Drawing it anew drops whatever else a file may carry: camera data, scripts, second contents.

    :raises NotALogo: too large, or no PNG, JPEG or WebP picture.
    """
    png = None if content is None else _drawn_anew(content)
    with transaction.atomic():
        profile = BusinessProfile.objects.select_for_update().first()
        if profile is None:
            profile = business_profile()
            profile.save()
        BusinessLogo.objects.filter(profile=profile).delete()
        new = hashlib.sha256(png).hexdigest() if png else ""
        if png:
            BusinessLogo.objects.create(profile=profile, png=png, sha256=new)
        record(by=by, what="business logo changed", target=profile, new={"sha256": new})
        touch("setup")


def _drawn_anew(content: bytes) -> bytes:
    if len(content) > BusinessLogo.MAX_BYTES:
        raise NotALogo("The logo is larger than 512 kB. Save a smaller one and send that.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if max(picture.size) > LARGEST_SIDE:  # known before the pixels are unpacked
                raise NotALogo(TOO_WIDE)
            picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
            drawn = io.BytesIO()
            picture.convert("RGBA").save(drawn, "PNG", optimize=True)
    except Image.DecompressionBombError as exc:
        raise NotALogo(TOO_WIDE) from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
        raise NotALogo("This file is no PNG, JPEG or WebP picture. Choose another one.") from exc
    return drawn.getvalue()
