"""Post one message to an incoming webhook. Nothing of its address is ever told: it is a secret."""

import http.client
import json
import socket
import ssl

from django.conf import settings

from portal.core.outside_address import (
    AddressRefused,
    OutsideAddress,
    outside_address,
    reachable_at,
)

TIMEOUT = 5.0  # seconds, for each step
LONGEST = 4000  # letters: Slack cuts, Mattermost refuses what is much longer


class ChatFailed(Exception):
    """The message did not arrive, or nobody knows; the text says why, without the address."""


def post(url: str, text: str, *, timeout: float = TIMEOUT) -> None:
    """Post the text; an answer of 2xx is success, and no redirect is followed.

    :raises ChatFailed: it has to be tried again, or the address corrected.
    """
    may_be_local = settings.CHAT_MAY_BE_LOCAL
    try:
        address = outside_address(url, may_be_local=may_be_local)
        numbers = reachable_at(address, may_be_local=may_be_local)
        status = _status_of(address, numbers[0], json.dumps({"text": text[:LONGEST]}), timeout)
    except AddressRefused as exc:
        raise ChatFailed(str(exc)) from None
    except ssl.SSLError:
        raise ChatFailed("The chat's certificate is not to be trusted.") from None
    except (OSError, http.client.HTTPException) as exc:
        # Not chained: a message of these could name the address.
        raise ChatFailed(f"The chat does not answer ({type(exc).__name__}).") from None
    if not 200 <= status < 300:
        raise ChatFailed(f"The chat answered with {status}.")


def _status_of(address: OutsideAddress, number: str, body: str, timeout: float) -> int:
    connection = http.client.HTTPConnection(address.host, address.port, timeout=timeout)
    try:
        connection.sock = socket.create_connection((number, address.port), timeout=timeout)
        if address.encrypted:
            trust = ssl.create_default_context()
            connection.sock = trust.wrap_socket(connection.sock, server_hostname=address.host)
        headers = {"Content-Type": "application/json", "User-Agent": "Yardmaster"}
        connection.request("POST", address.path, body.encode(), headers)
        return connection.getresponse().status
    finally:
        connection.close()
