"""One HTTP request to Odoo and the whole of its answer, the same for every protocol."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.auth import AuthBase

from odoo_bridge.client.answers import HttpAnswer
from odoo_bridge.client.connections import Unsigned, never_connected
from odoo_bridge.client.errors import OdooBroken, OdooUnavailable
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.values import json_value

CONNECT_TIMEOUT = 3.0
LARGEST_ANSWER = 64 * 1024 * 1024

# No kept-alive connections: one that Odoo had closed would look like a lost answer. The body is
# bytes, so requests adds the Content-Length without which Odoo ignores it (Odoo 19: http).
HEADERS = {"Content-Type": "application/json", "User-Agent": "Yardmaster", "Connection": "close"}


@dataclass(frozen=True, kw_only=True)
class Transport:
    """Where Odoo is, and how long we wait for it (in seconds). Safe to share between threads."""

    base_url: str
    session: requests.Session = field(repr=False)
    read_timeout: float
    write_timeout: float

    def post(
        self,
        path: str,
        body: Mapping[str, Any],
        *,
        kind: Kind,
        call: str,
        headers: Mapping[str, str] | None = None,
        auth: AuthBase | None = None,
    ) -> HttpAnswer:
        """Send ``body`` as JSON, and return the answer whatever it says.

        :raises OdooError: no answer, and what that means for this kind of call.
        """
        data = encoded(body, call)
        timeout = self.write_timeout if kind.writes else self.read_timeout
        try:
            with self.session.post(
                self.base_url + path,
                data=data,
                headers=HEADERS | dict(headers or {}),
                auth=auth or Unsigned(),
                timeout=(CONNECT_TIMEOUT, timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                return http_answer(response, kind, call)
        except requests.RequestException as exc:
            cause = type(exc).__name__
            if never_connected(exc):
                raise OdooUnavailable("There is no connection to Odoo.", call, cause) from exc
            raise kind.no_answer("The connection to Odoo was lost.", call, cause) from exc


def encoded(body: Mapping[str, Any], call: str) -> bytes:
    """JSON bytes.

    :raises OdooBroken: a value that JSON or Odoo cannot hold.
    """
    try:
        return json.dumps(body, default=json_value, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        # Not chained: the original may quote the value.
        raise OdooBroken("A value cannot be sent to Odoo.", call, "refused by us") from None


def http_answer(response: requests.Response, kind: Kind, call: str) -> HttpAnswer:
    """Read the whole answer, unless it is absurdly long.

    :raises OdooError: it is. A read should ask for less; a write has probably happened.
    """
    body = bytearray()
    for chunk in response.iter_content(64 * 1024):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            reason, cause = "The answer is too long.", "answer too long"
            if kind.writes:
                raise kind.no_answer(reason, call, cause, response.status_code)
            raise OdooBroken(reason, call, cause, response.status_code)
    headers = response.headers
    return HttpAnswer(
        status=response.status_code,
        content_type=headers.get("Content-Type", ""),
        body=bytes(body),
        location=headers.get("Location", ""),
    )
