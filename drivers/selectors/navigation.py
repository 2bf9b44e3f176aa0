"""The way to an address, in whatever the phone uses for maps."""

from urllib.parse import quote


def way_to(address: str, *, user_agent: str) -> str:
    """Return a link that opens the phone's own map application with the way to the address.

    Apple's and Google's documented links; Android offers every map application for ``geo:``.
    """
    place = quote(address)
    if "Android" in user_agent:
        return f"geo:0,0?q={place}"
    if "iPhone" in user_agent or "iPad" in user_agent or "Macintosh" in user_agent:
        return f"https://maps.apple.com/?daddr={place}"
    return f"https://www.google.com/maps/dir/?api=1&destination={place}"
