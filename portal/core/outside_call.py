"""One call to an address that a stranger gave: to the machine that was looked at, and no further.

The name is looked up once, its numbers are judged, and one of these is connected to. No redirect is
followed and no proxy of the environment is asked.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from portal.core.outside_address import OutsideAddress, outside_address, reachable_at

PIECE = 64 * 1024


class TooLarge(Exception):
    """The answer is longer than was asked for."""


class NotConnected(OSError):
    """There was no connection: nothing was sent."""


@dataclass(frozen=True)
class Answer:
    """What came back; a header's name in any case."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def call_outside(  # noqa: PLR0913 - each is named where it is called
    url: str,
    *,
    headers: Mapping[str, str],
    post: bytes | None = None,
    may_be_local: bool,
    timeout: float,
    most: int = 0,
    while_sending: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Answer:
    """Get from there, or post something, and return the answer.

    :param most: how many bytes its body may have; 0: it is not read.
    :param timeout: seconds for each step, and for the whole body.
    :param while_sending: entered when there is a connection, left when all is written to it; what
        it raises ends the call, of which nothing was sent.
    :raises AddressRefused: nothing was called.
    :raises NotConnected: nobody took the connection up; nothing was sent.
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
        with while_sending():
            connection.request(method, address.path, post, {"User-Agent": "Yardmaster", **headers})
        with connection.getresponse() as response:
            content = _read(response, most, timeout) if most else b""
            return Answer(response.status, response.headers, content)
    finally:
        connection.close()


def _connected(address: OutsideAddress, number: str, timeout: float) -> socket.socket:
    try:
        plain = socket.create_connection((number, address.port), timeout=timeout)
    except OSError as exc:
        raise NotConnected(type(exc).__name__) from exc
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
