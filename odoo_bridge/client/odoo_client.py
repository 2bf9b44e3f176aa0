"""The client: one class, one method, every failure translated, whichever protocol Odoo speaks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

from odoo_bridge.client.calls import OdooCall, refuse_nonsense
from odoo_bridge.client.connections import clean_address, new_session, without_cookies
from odoo_bridge.client.json2 import Json2
from odoo_bridge.client.json_rpc import JsonRpc
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.protocol import Protocol
from odoo_bridge.client.transport import Transport

# The bot must not follow all that it touches; the rest makes answers the same for every user.
EVERY_CALL: dict[str, Any] = {"lang": "en_US", "tz": "UTC"}
EVERY_READ = {"active_test": False, "bin_size": True}
EVERY_WRITE = {"mail_create_nosubscribe": True}


@dataclass(frozen=True, kw_only=True)
class OdooClient:
    """One database of one Odoo, as one user. Safe to share between threads.

    ``user`` is the login of the key's owner, or the id in Odoo; only JSON-RPC needs it.
    ``company_ids``: the companies to act for, the first being the one that owns new records.
    ``before_call`` is run before each call, to pace them.
    Timeouts are in seconds; a write waits longer than Odoo lets a request live (120 s), so that
    most outcomes are known.
    """

    base_url: str
    database: str
    api_key: str = field(repr=False)
    protocol: Protocol = Protocol.JSON2
    user: str | int = ""
    session: requests.Session = field(default_factory=new_session, repr=False)
    read_timeout: float = 30
    write_timeout: float = 130
    company_ids: Sequence[int] | None = None
    before_call: Callable[[], object] | None = field(default=None, repr=False, compare=False)
    _wire: Json2 | JsonRpc = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """:raises ValueError: the address is no HTTP address, the key no key, or it is nobody's."""
        object.__setattr__(self, "base_url", clean_address(self.base_url))
        object.__setattr__(self, "_wire", self._new_wire())

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
        if self.before_call is not None:
            self.before_call()
        call = OdooCall(
            model=model,
            method=method,
            kind=kind,
            ids=list(ids or ()),
            context=self._context(kind) | dict(context or {}),
            params=params,
        )
        refuse_nonsense(call)
        return self._wire.call(call)

    def _context(self, kind: Kind) -> dict[str, Any]:
        context: dict[str, Any] = EVERY_CALL | (EVERY_WRITE if kind.writes else EVERY_READ)
        if self.company_ids:
            context["allowed_company_ids"] = list(self.company_ids)
        return context

    def _new_wire(self) -> Json2 | JsonRpc:
        transport = Transport(
            base_url=self.base_url,
            session=without_cookies(self.session),
            read_timeout=self.read_timeout,
            write_timeout=self.write_timeout,
        )
        if self.protocol is Protocol.JSON2:
            return Json2(transport, database=self.database, key=self.api_key)
        return JsonRpc(transport, database=self.database, key=self.api_key, user=self.user)
