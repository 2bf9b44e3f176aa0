"""Odoo's JSON-2 interface: one class, one method, every failure translated."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests

from odoo_bridge.client.answers import HttpAnswer, answer_of
from odoo_bridge.client.connections import BearerKey, never_connected, new_session, without_cookies
from odoo_bridge.client.errors import OdooBroken, OdooUnavailable
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.values import json_value

CONNECT_TIMEOUT = 3.0
LARGEST_ANSWER = 64 * 1024 * 1024
NAMES = re.compile(r"\w+(\.\w+)+", re.ASCII)

# The bot must not follow all that it touches; the rest makes answers the same for every user.
EVERY_CALL: dict[str, Any] = {"lang": "en_US", "tz": "UTC"}
EVERY_READ = {"active_test": False, "bin_size": True}
EVERY_WRITE = {"mail_create_nosubscribe": True}


@dataclass(frozen=True, kw_only=True)
class OdooClient:
    """One database of one Odoo, as one user. Safe to share between threads.

    ``company_ids``: the companies to act for, the first being the one that owns new records.
    Timeouts are in seconds; a write waits longer than Odoo lets a request live (120 s), so that
    most outcomes are known.
    """

    base_url: str
    database: str
    api_key: str = field(repr=False)
    session: requests.Session = field(default_factory=new_session, repr=False)
    read_timeout: float = 30
    write_timeout: float = 130
    company_ids: Sequence[int] | None = None
    _auth: BearerKey = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """:raises ValueError: the address is no HTTP address, or the key no key."""
        address = urlsplit(self.base_url)
        if address.scheme not in {"http", "https"} or not address.hostname or address.username:
            raise ValueError("Odoo's address must look like https://odoo.example.com")
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))
        object.__setattr__(self, "_auth", BearerKey(self.api_key))
        without_cookies(self.session)

    def call(
        self,
        model: str,
        method: str,
        /,
        *,
        kind: Kind,
        ids: Sequence[int] | None = None,
        context: Mapping[str, Any] | None = None,
        **params: Any,
    ) -> Any:
        """Return what the method returned.

        ``params`` are the method's own arguments, by name. ``context`` is laid over the defaults.

        :raises OdooError: a subclass that says how often to try again, and who must act.
        """
        call = f"{model}.{method}"
        refuse_nonsense(call, kind, ids)
        body = params | {"context": self._context(kind) | dict(context or {})}
        if ids:
            body["ids"] = list(ids)
        return answer_of(self._post(f"/json/2/{model}/{method}", body, kind, call), kind, call)

    def _context(self, kind: Kind) -> dict[str, Any]:
        context: dict[str, Any] = EVERY_CALL | (EVERY_WRITE if kind.writes else EVERY_READ)
        if self.company_ids:
            context["allowed_company_ids"] = list(self.company_ids)
        return context

    def _post(self, path: str, body: Mapping[str, Any], kind: Kind, call: str) -> HttpAnswer:
        data = encoded(body, call)
        timeout = self.write_timeout if kind.writes else self.read_timeout
        try:
            with self.session.post(
                self.base_url + path,
                data=data,
                headers=self._headers(),
                auth=self._auth,
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

    def _headers(self) -> dict[str, str]:
        """No kept-alive connections: one that Odoo had closed would look like a lost answer.

        ``data`` is bytes, so requests adds the Content-Length without which Odoo runs the method
        with no arguments at all (Odoo 19: http).
        """
        return {
            "Content-Type": "application/json",
            "X-Odoo-Database": self.database,
            "User-Agent": "Yardmaster",
            "Connection": "close",
        }


def refuse_nonsense(call: str, kind: Kind, ids: Sequence[int] | None) -> None:
    """Refuse, before anything is sent, what Odoo would take without a word.

    :raises OdooBroken: a record method without ids, a model's method with them, or an odd name.
    """
    if not NAMES.fullmatch(call):
        raise OdooBroken("This is not the name of a model and a method.", cause="refused by us")
    if kind.needs_ids and not ids:
        reason = "Without ids this call would change nothing and say it did."
        raise OdooBroken(reason, call, "refused by us")
    if ids and not kind.needs_ids:
        raise OdooBroken("A method of the model takes no ids.", call, "refused by us")
    if any(type(one) is not int or one < 1 for one in ids or ()):
        raise OdooBroken("An id of Odoo is a positive whole number.", call, "refused by us")


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
