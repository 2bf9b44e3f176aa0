"""JSON-RPC, the protocol of Odoo before 19: the key among the arguments, and always HTTP 200.

What differs from JSON-2 and is made the same here (Odoo 19, seen live): a user is known by a number
and not by the key alone; a model or method that is not there, and a refused key, have no name of
their own; ``create`` of one record returns a number; a method that returns nothing has no result.
"""

import threading
from collections.abc import Mapping
from typing import Any

from odoo_bridge.client.answers import (
    Fault,
    HttpAnswer,
    fault_of,
    json_of,
    said_by_a_stranger,
    said_by_odoo,
)
from odoo_bridge.client.calls import OdooCall
from odoo_bridge.client.connections import checked_key
from odoo_bridge.client.errors import (
    OdooForbidden,
    OdooMissing,
    OdooRejected,
    OdooUnauthorized,
    OdooUnavailable,
    OdooUnsupported,
)
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.transport import Transport

PATH = "/jsonrpc"
LOG_IN = "common.authenticate"


class JsonRpc:
    """Speaks for one user with one database. ``user`` is the login of the key's owner, or the id.

    A login is turned into an id before the first call, once; Odoo keeps a row of each such time.
    """

    def __init__(self, transport: Transport, *, database: str, key: str, user: str | int) -> None:
        """:raises ValueError: the key is none, or nobody's."""
        if not user:
            raise ValueError("JSON-RPC needs to know whose key it is: the login, or the id.")
        self._transport = transport
        self._database = database
        self._key = checked_key(key)
        self._login = user if isinstance(user, str) else ""
        self._uid = user if isinstance(user, int) else 0
        self._logging_in = threading.Lock()

    def call(self, call: OdooCall) -> Any:
        """Return what the method returned.

        :raises OdooError: a subclass that says how often to try again, and who must act.
        """
        uid = self._user_id()
        try:
            return self._execute(call, uid)
        except OdooRejected as refused:
            if may_be_about_the_key(refused, uid):
                self._try_the_key(uid)
            raise

    def _user_id(self) -> int:
        """The number under which Odoo knows the key's owner.

        Nothing of the caller's has been sent yet, so a failure is never an unknown outcome.
        """
        with self._logging_in:
            if not self._uid:
                body = envelope(
                    "common", "authenticate", self._database, self._login, self._key, {}
                )
                answer = self._transport.post(PATH, body, kind=Kind.READ, call=LOG_IN)
                uid = answer_of(answer, Kind.READ, LOG_IN)
                if not uid:
                    reason = "Odoo does not know this login and key."
                    raise OdooUnauthorized(reason, LOG_IN, "not logged in", answer.status)
                self._uid = int(uid)
            return self._uid

    def _execute(self, call: OdooCall, uid: int) -> Any:
        args, kwargs = arguments(call)
        body = envelope(
            "object",
            "execute_kw",
            self._database,
            uid,
            self._key,
            call.model,
            call.method,
            args,
            kwargs,
        )
        answer = self._transport.post(PATH, body, kind=call.kind, call=call.name)
        return answer_of(answer, call.kind, call.name)

    def _try_the_key(self, uid: int) -> None:
        """Ask for something that every user may have: if that is refused, the key is.

        :raises OdooUnauthorized: it is. Whatever was called before this was not done.
        """
        probe = OdooCall(
            model="res.users", method="context_get", kind=Kind.READ, ids=(), context={}, params={}
        )
        try:
            self._execute(probe, uid)
        except OdooRejected as refused:
            reason = "Odoo does not know this user and key any more."
            raise OdooUnauthorized(reason, refused.call, refused.cause, refused.status) from refused


def envelope(service: str, method: str, *args: Any) -> dict[str, Any]:
    """The body of a request."""
    params = {"service": service, "method": method, "args": args}
    return {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}


def arguments(call: OdooCall) -> tuple[list[Any], dict[str, Any]]:
    """What stands by its place and what by its name.

    ``create`` must have its values by place, in a list: Odoo looks there to see what to return.
    """
    kwargs = {**call.params, "context": call.context}
    if call.ids:
        return [call.ids], kwargs
    if call.method == "create" and "vals_list" in kwargs:
        values = kwargs.pop("vals_list")
        return [[values] if isinstance(values, Mapping) else values], kwargs
    return [], kwargs


def answer_of(answer: HttpAnswer, kind: Kind, call: str) -> Any:
    """Return what the method returned; ``None`` comes as an answer without a result.

    :raises OdooError: a subclass that says how often to try again, and who must act.
    """
    _, content = json_of(answer)
    if not isinstance(content, dict) or content.get("jsonrpc") != "2.0":
        raise said_by_a_stranger(answer, kind, call)
    if "error" not in content and answer.status == 200:
        return content.get("result")
    error = content.get("error")
    fault = fault_of(error.get("data")) if isinstance(error, dict) else None
    if fault is None:
        raise said_by_a_stranger(answer, kind, call)
    if fault.name == "werkzeug.exceptions.NotFound":
        # The path itself: no call was made. For a while it is so when Odoo has lost its database.
        raise OdooUnavailable("This Odoo takes no JSON-RPC.", call, fault.name, answer.status)
    if says_it_has_none(fault, call):
        raise OdooUnsupported(fault.message, call, fault.name, answer.status)
    raise said_by_odoo(fault, answer, kind, call)


def says_it_has_none(fault: Fault, call: str) -> bool:
    """Whether the model or the method is not there, in the words of Odoo 17, 18 and 19.

    The names are compared too: an ``AttributeError`` can also be a crash inside the method.
    """
    model, _, method = call.rpartition(".")
    return (fault.name, fault.message) in {
        ("odoo.exceptions.UserError", f"Object {model} doesn't exist"),
        ("builtins.AttributeError", f"The method '{call}' does not exist"),
        ("builtins.AttributeError", f"type object '{model}' has no attribute '{method}'"),
    }


def may_be_about_the_key(refused: OdooRejected, uid: int) -> bool:
    """Whether the refusal may be of the key or its owner: archived, deleted, or never there."""
    denied = isinstance(refused, OdooForbidden) and refused.cause.endswith(".AccessDenied")
    deleted = isinstance(refused, OdooMissing) and f"res.users({uid},)" in refused.reason
    return denied or deleted
