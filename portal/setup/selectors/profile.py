"""The business profile as pages and texts use it."""

import zoneinfo

from django.conf import settings

from portal.setup.models import BusinessLogo, BusinessProfile

UNNAMED = "Yardmaster"


def business_profile() -> BusinessProfile:
    """Return the profile, or one with the environment's first values when none is kept yet.

    One query, the logo's hash included (as ``logo``'s presence), never its bytes.
    """
    kept = BusinessProfile.objects.first()
    return kept or BusinessProfile(
        pk=1,
        name=UNNAMED,
        country=settings.BUSINESS_COUNTRY,
        time_zone=settings.BUSINESS_TIME_ZONE,
    )


def business_zone() -> zoneinfo.ZoneInfo:
    """Return the time zone in which the business counts its days."""
    return zoneinfo.ZoneInfo(business_profile().time_zone)


def logo_version() -> str:
    """Return the logo's hash, or an empty text when there is none."""
    return BusinessLogo.objects.values_list("sha256", flat=True).first() or ""
