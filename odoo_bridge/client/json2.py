"""JSON-2, the protocol of Odoo 19 and later: the key in a header, the answer in the HTTP status."""

from typing import Any

from odoo_bridge.client.answers import (
    HttpAnswer,
    fault_of,
    json_of,
    said_by_a_stranger,
    said_by_odoo,
)
from odoo_bridge.client.calls import OdooCall
from odoo_bridge.client.connections import BearerKey
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.transport import Transport


class Json2:
    """Speaks for one user with one database."""

    def __init__(self, transport: Transport, *, database: str, key: str) -> None:
        """:raises ValueError: the key is none."""
        self._transport = transport
        self._headers = {"X-Odoo-Database": database}
        self._auth = BearerKey(key)

    def call(self, call: OdooCall) -> Any:
        """Return what the method returned.

        :raises OdooError: a subclass that says how often to try again, and who must act.
        """
        body = {**call.params, "context": call.context}
        if call.ids:
            body["ids"] = call.ids
        answer = self._transport.post(
            f"/json/2/{call.model}/{call.method}",
            body,
            kind=call.kind,
            call=call.name,
            headers=self._headers,
            auth=self._auth,
        )
        return answer_of(answer, call.kind, call.name)


def answer_of(answer: HttpAnswer, kind: Kind, call: str) -> Any:
    """Return what the method returned: content type and Odoo's name first, HTTP status last.

    Why the status comes last (Odoo 19, seen live): a database that cannot be reached is "404 HTML",
    a wrong field is 500, and so is a deadlock.

    :raises OdooError: a subclass that says how often to try again, and who must act.
    """
    parsed, content = json_of(answer)
    if parsed and answer.status == 200:
        return content
    fault = fault_of(content)
    if fault is not None:
        raise said_by_odoo(fault, answer, kind, call)
    raise said_by_a_stranger(answer, kind, call)
