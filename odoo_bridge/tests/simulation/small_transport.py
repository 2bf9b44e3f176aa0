"""The small Odoo's end of the line: takes requests of JSON-2, gives HTTP answers.

The client above it is the real one, so that what an answer means is decided by the real code.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from odoo_bridge.client import Kind, OdooClient
from odoo_bridge.client.answers import HttpAnswer
from odoo_bridge.client.json2 import Json2
from odoo_bridge.client.transport import encoded
from odoo_bridge.tests.simulation.small_methods import READS, WRITES, check_is_there, refused
from odoo_bridge.tests.simulation.small_odoo import Fault, LostRace, SmallOdoo, Transaction

RACE = Fault(
    500,
    "psycopg2.errors.SerializationFailure",
    "could not serialize access due to concurrent update",
)


@dataclass(frozen=True)
class Request:
    """A call as it reached Odoo."""

    model: str
    method: str
    body: dict[str, Any]
    kind: Kind
    name: str


Carry = Callable[[Request], HttpAnswer]


def in_json(status: int, content: Any) -> HttpAnswer:
    """Return an answer in Odoo's words."""
    return HttpAnswer(status, "application/json; charset=utf-8", json.dumps(content).encode())


def in_html(status: int) -> HttpAnswer:
    """Return an answer that is not Odoo's."""
    return HttpAnswer(status, "text/html", b"<!doctype html><title>Sorry</title>")


def said(fault: Fault) -> HttpAnswer:
    """Return an error in Odoo's words."""
    words = {"name": fault.name, "message": fault.message, "arguments": [], "debug": "Traceback"}
    return in_json(fault.status, words)


def lost_race(request: Request) -> HttpAnswer:
    """Return what Odoo says of a call that another transaction was faster than."""
    return in_json(200, refused(RACE.message)) if request.method == "load" else said(RACE)


def serve(odoo: SmallOdoo, request: Request, *, stale: bool = False) -> HttpAnswer:
    """Answer a request, in a transaction of its own. ``stale``: reads are from the late copy."""
    try:
        check_is_there(request.model, request.method)
        if request.method in READS:
            records = odoo.late_copy() if stale else odoo.rows
            return in_json(200, READS[request.method](request.model, request.body, records))
    except Fault as fault:
        return said(fault)
    answer, change = execute(odoo, request)
    if change is not None:
        change.commit()
    return answer


def execute(odoo: SmallOdoo, request: Request) -> tuple[HttpAnswer, Transaction | None]:
    """Do what a request wants, and leave the commit to the caller; ``None``: it was rolled back."""
    change = odoo.begin()
    try:
        content = WRITES[request.method](request.model, request.body, change)
    except Fault as fault:
        change.roll_back()
        return said(fault), None
    except LostRace:
        change.roll_back()
        return said(RACE), None
    if request.method == "load" and content["ids"] is False:
        change.roll_back()
        return in_json(200, content), None
    return in_json(200, content), change


@dataclass(frozen=True)
class SmallTransport:
    """Stands where the HTTP transport stands in the client."""

    carry: Carry

    def post(
        self,
        path: str,
        body: dict[str, Any],
        *,
        kind: Kind,
        call: str,
        headers: Any = None,
        auth: Any = None,
    ) -> HttpAnswer:
        """Let the request through, as the real transport does it."""
        model, method = path.removeprefix("/json/2/").split("/")
        return self.carry(Request(model, method, json.loads(encoded(body, call)), kind, call))


def client_of(carry: Carry) -> OdooClient:
    """Return a client whose requests go to the small Odoo."""
    client = OdooClient(base_url="http://small.odoo", database="small", api_key="0" * 40)
    transport: Any = SmallTransport(carry)
    object.__setattr__(client, "_wire", Json2(transport, database="small", key="0" * 40))
    return client
