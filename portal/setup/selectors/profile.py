"""The business profile as pages and texts use it."""

import zoneinfo

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Coalesce

from portal.setup.models import BusinessProfile

UNNAMED = "Yardmaster"


def business_profile() -> BusinessProfile:
    """Return the profile, or one with the environment's first values when none is kept yet.

    One query, with the hash of the logo as ``logo_version``, which is empty when there is none.
    """
    logo = Coalesce("logo__sha256", Value(""))
    kept = BusinessProfile.objects.annotate(logo_hash=logo).first()
    if kept is None:
        return BusinessProfile(
            pk=1,
            name=UNNAMED,
            country=settings.BUSINESS_COUNTRY,
            time_zone=settings.BUSINESS_TIME_ZONE,
        )
    kept.logo_version = kept.logo_hash
    return kept


def business_zone() -> zoneinfo.ZoneInfo:
    """Return the time zone in which the business counts its days."""
    return zoneinfo.ZoneInfo(business_profile().time_zone)
