"""How often somebody comes to a page that asks for no log-in."""

import hashlib
import time

from django.core.cache import cache


def comes_too_often(page: str, who: str, *, most: int, within: int) -> bool:
    """Count a visit, and say whether it is more than the ``most`` of these ``within`` seconds.

    Two that come in the same moment may count as one: it keeps a flood away, and proves nothing.
    """
    visitor = hashlib.sha256(who.encode()).hexdigest()[:32]
    key = f"visits:{page}:{visitor}:{int(time.time()) // within}"
    visits: int = cache.get(key, 0) + 1
    cache.set(key, visits, within)
    return visits > most
