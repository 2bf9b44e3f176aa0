"""One question to a service that knows places, and what no answer of it means."""

import http.client
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from portal.core.outside_address import AddressRefused
from portal.core.outside_call import TooLarge, call_outside
from scheduling.errors import NoAnswer, Refused

TIMEOUT = 5.0  # seconds, for a worker
WHILE_SOMEBODY_WAITS = 2.0  # seconds, for a page
MOST = 1024 * 1024  # bytes of an answer
BUSY = 429


def ask(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    post: object = None,
    timeout: float = TIMEOUT,
) -> Any:
    """Get from there, or post JSON; return the JSON of the answer.

    :param timeout: seconds for each step, and for the whole body.

    :raises NoAnswer: there was none that says anything; it never quotes the address. ``Refused``:
        with another status than 200.
    """
    body = None if post is None else json.dumps(post).encode()
    kind = {} if body is None else {"Content-Type": "application/json"}
    try:
        answer = call_outside(
            url,
            headers={**kind, **(headers or {})},
            post=body,
            may_be_local=settings.GEO_MAY_BE_LOCAL,
            timeout=timeout,
            most=MOST,
        )
        if answer.status != http.client.OK:
            raise Refused(f"HTTP {answer.status}", _json_of(answer.body))
        return json.loads(answer.body)
    except (OSError, http.client.HTTPException, AddressRefused, TooLarge, ValueError) as exc:
        # Not chained: a message of these could name the address, which has a key in it.
        raise NoAnswer(type(exc).__name__) from None


def _json_of(body: bytes) -> Any:
    """Return what the body says, ``None`` if it is no JSON."""
    try:
        return json.loads(body)
    except ValueError:
        return None
