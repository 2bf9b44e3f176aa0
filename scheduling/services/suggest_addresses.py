"""Addresses to choose from while one is typed: our own places, then those that Google knows."""

import structlog
from django.conf import settings

from portal.setup.selectors.profile import business_profile
from scheduling.errors import NoAnswer
from scheduling.geo import google_places
from scheduling.geo.address_key import key_of
from scheduling.selectors.places import searched_places
from scheduling.selectors.rates import yard

MOST = 6
SHORTEST = 3  # letters
log = structlog.get_logger(__name__)


def suggest_addresses(words: str) -> list[str]:
    """Return addresses that have all of these words, or begin like them; never fails.

    Google is asked only with a key, and only where our own places are too few; at most two seconds.
    """
    if len(key_of(words)) < SHORTEST:
        return []
    found = {place.key: place.address for place in searched_places(words)[:MOST]}
    if settings.GOOGLE_MAPS_API_KEY and len(found) < MOST:
        for address in _by_google(words):
            found.setdefault(key_of(address), address)
    return list(found.values())[:MOST]


def _by_google(words: str) -> list[str]:
    country, near = business_profile().country, yard()
    try:
        return google_places.suggestions(words, country=country, near=near)
    except NoAnswer as why:
        log.warning("addresses_not_suggested", why=str(why))
        return []
