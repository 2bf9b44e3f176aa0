"""Change the business profile."""

from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.audit.services.record import record_changes
from portal.core.changes import touch
from portal.setup.colour import shades_of
from portal.setup.models import BusinessProfile
from portal.setup.selectors.profile import business_profile


@transaction.atomic
def change_profile(*, changes: dict[str, Any], by: User) -> BusinessProfile:
    """Set the given fields of the one profile, making it if it is not there yet.

    :raises ColourTooFaint: the new colour cannot be read.
    """
    if "accent" in changes:
        shades_of(changes["accent"])
    profile = BusinessProfile.objects.select_for_update().first() or business_profile()
    if record_changes(by=by, what="business profile changed", target=profile, changes=changes):
        profile.save()
        touch("setup")
    return profile
