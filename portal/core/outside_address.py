"""Addresses that an administrator types in and that the portal itself then calls.

Whoever may type one could otherwise make the portal knock at doors that only it can reach: the
database, the host's own services, a cloud's metadata.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

# Both lead to an IPv4 address that is written inside.
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))


class AddressRefused(Exception):
    """The portal does not call there; the text says why, and does not quote the address."""


@dataclass(frozen=True)
class OutsideAddress:
    """Where to call: the parts of an address that was looked at. ``path`` may be a secret."""

    host: str
    port: int
    path: str
    encrypted: bool


def outside_address(text: str, *, may_be_local: bool) -> OutsideAddress:
    """Return the parts of an address that the portal may call, as far as its text tells.

    :raises AddressRefused: it is none, not https, carries a password, or names a private host.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        (host or "").encode("idna")  # refuses a label that is empty or too long
    except ValueError as exc:
        raise AddressRefused("This is no web address.") from exc
    if not host or not text.isascii() or not text.isprintable() or " " in text:
        raise AddressRefused("This is no web address.")
    if parts.scheme != "https" and not (may_be_local and parts.scheme == "http"):
        raise AddressRefused("The address must start with https://.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("The address must not carry a name or a password before its host.")
    if not may_be_local and _names_a_private_host(host):
        raise AddressRefused("The address must be of a host that anybody can reach.")
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    encrypted = parts.scheme == "https"
    return OutsideAddress(host, port or (443 if encrypted else 80), path, encrypted)


def reachable_at(address: OutsideAddress, *, may_be_local: bool) -> list[str]:
    """Return the IP addresses that may be connected to, in the order to try them.

    The caller connects to one of these and not to the name: asked again, the name could lead
    elsewhere.

    :raises AddressRefused: no such host, or one of its addresses is private.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except OSError as exc:
        raise AddressRefused("There is no such host.") from exc
    numbers = [str(one[4][0]) for one in found]
    if not may_be_local and not all(is_public(number) for number in numbers):
        raise AddressRefused("The host is at a private address.")
    return numbers


def is_public(number: str) -> bool:
    """Say whether an IP address is one that anybody can reach."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if any(address in network for network in TRANSLATED):
        return False
    return address.is_global and not address.is_multicast


def _names_a_private_host(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host.rstrip(".") or host.rstrip(".").endswith((".localhost", ".local"))
