"""One call to an address that a stranger gave: to the machine that was looked at, and no further.

The name is looked up once, its numbers are judged, and one of these is connected to. No redirect is
followed and no proxy of the environment is asked.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.outside_address import OutsideAddress, outside_address, reachable_at

PIECE = 64 * 1024


class TooLarge(Exception):
    """The answer is longer than was asked for."""


@dataclass(frozen=True)
class Answer:
    """What came back; a header's name in any case."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def call_outside(
    url: str,
    *,
    headers: Mapping[str, str],
    post: bytes | None = None,
    may_be_local: bool,
    timeout: float,
    most: int = 0,
) -> Answer:
    """Get from there, or post something, and return the answer.

    :param most: how many bytes its body may have; 0: it is not read.
    :param timeout: seconds for each step, and for the whole body.
    :raises AddressRefused: nothing was called.
    :raises TooLarge: the rest of the body was not read.
    :raises ssl.SSLError: the certificate is not to be trusted.
    :raises OSError, http.client.HTTPException: no answer. Their messages may name the address.
    """
    address = outside_address(url, may_be_local=may_be_local)
    [number, *_] = reachable_at(address, may_be_local=may_be_local)
    connection = http.client.HTTPConnection(address.host, address.port, timeout=timeout)
    try:
        connection.sock = _connected(address, number, timeout)
        method = "GET" if post is None else "POST"
        connection.request(method, address.path, post, {"User-Agent": "Yardmaster", **headers})
        response = connection.getresponse()
        content = _read(response, most, timeout) if most else b""
        return Answer(response.status, response.headers, content)
    finally:
        connection.close()


def _connected(address: OutsideAddress, number: str, timeout: float) -> socket.socket:
    plain = socket.create_connection((number, address.port), timeout=timeout)
    if not address.encrypted:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=address.host)
    except BaseException:
        plain.close()
        raise


def _read(response: http.client.HTTPResponse, most: int, timeout: float) -> bytes:
    deadline, pieces, length = time.monotonic() + timeout, [], 0
    while piece := response.read1(PIECE):
        length += len(piece)
        if length > most:
            raise TooLarge
        if time.monotonic() > deadline:
            raise TimeoutError
        pieces.append(piece)
    return b"".join(pieces)
