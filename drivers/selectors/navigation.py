"""The way to an address, in whatever the phone uses for maps."""

from urllib.parse import quote

from scheduling.models import Place


def way_to(address: str, *, user_agent: str, place: Place | None = None) -> str:
    """Return a link that opens the phone's own map application with the way to the address.

    Where somebody has put a pin, the way leads to that: the phone finds the address no better.
    Apple's and Google's documented links; Android offers every map application for ``geo:``.
    """
    point = place.point if place and place.source == Place.Source.PERSON else None
    there = quote(f"{point.latitude},{point.longitude}" if point else address)
    if "Android" in user_agent:
        return f"geo:0,0?q={there}"
    if "iPhone" in user_agent or "iPad" in user_agent or "Macintosh" in user_agent:
        return f"https://maps.apple.com/?daddr={there}"
    return f"https://www.google.com/maps/dir/?api=1&destination={there}"
