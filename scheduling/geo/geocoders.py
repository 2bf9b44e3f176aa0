"""Who is asked where an address is, in the order of the settings."""

from collections.abc import Callable, Iterator

from django.conf import settings

from scheduling.geo import census, google, nominatim
from scheduling.geo.found import Found

Geocoder = Callable[[str], Found | None]
CENSUS_COUNTRY = "US"


def geocoders() -> Iterator[tuple[str, Geocoder]]:
    """Yield the name of each that can say something of an address of this business, and itself."""
    for name in settings.GEOCODERS:
        if name == "census" and settings.BUSINESS_COUNTRY == CENSUS_COUNTRY:
            yield "CENSUS", census.find
        if name == "nominatim":
            yield "NOMINATIM", nominatim.find
        if name == "google" and settings.GOOGLE_MAPS_API_KEY:
            yield "GOOGLE", google.find
