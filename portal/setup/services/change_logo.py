"""Change the business's logo."""

import hashlib

from django.db import transaction

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.pictures import NotAPicture, png_of
from portal.setup.models import BusinessLogo, BusinessProfile
from portal.setup.selectors.profile import business_profile

LARGEST_SIDE = 4000
SHOWN_SIDE = 320


def change_logo(*, content: bytes | None, by: User) -> None:
    """Keep the picture as the logo, drawn anew as a small PNG; ``None`` takes the logo away.

    :raises NotAPicture: too large, or no PNG, JPEG or WebP picture.
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
        raise NotAPicture("The logo is larger than 512 kB. Save a smaller one and send that.")
    return png_of(content, side=SHOWN_SIDE, most_side=LARGEST_SIDE)
