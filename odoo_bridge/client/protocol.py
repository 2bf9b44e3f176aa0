"""Which protocol an Odoo speaks: told by the caller, or found out without a key."""

import re
from enum import StrEnum
from typing import Any

from odoo_bridge.client.answers import HttpAnswer, fault_of, json_of
from odoo_bridge.client.connections import clean_address, new_session
from odoo_bridge.client.errors import OdooUnavailable
from odoo_bridge.client.json_rpc import PATH, answer_of, envelope
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.transport import Transport

FIRST_WITH_JSON2 = 19
VERSION = "common.version"


class Protocol(StrEnum):
    """JSON-2 is in every Odoo since 19; JSON-RPC in every one until Odoo takes it away."""

    JSON2 = "json2"
    JSON_RPC = "json_rpc"


def detect_protocol(base_url: str, database: str, *, timeout: float = 10) -> Protocol:
    """Return the better protocol of those that this Odoo speaks, without a key.

    An Odoo that has lost its database denies JSON-2 just as an old one does. So JSON-RPC is only
    returned for one that says that it is old.

    :raises ValueError: the address is no HTTP address.
    :raises OdooError: there is no saying. Mostly OdooUnavailable: ask again later.
    """
    transport = Transport(
        base_url=clean_address(base_url),
        session=new_session(),
        read_timeout=timeout,
        write_timeout=timeout,
    )
    if takes_json2(transport, database):
        return Protocol.JSON2
    answer = transport.post(PATH, envelope("common", "version"), kind=Kind.READ, call=VERSION)
    if major_version(answer_of(answer, Kind.READ, VERSION)) < FIRST_WITH_JSON2:
        return Protocol.JSON_RPC
    reason = "This Odoo should speak JSON-2, and does not now. Is its database there?"
    raise OdooUnavailable(reason, VERSION, "no JSON-2", answer.status)


def takes_json2(transport: Transport, database: str) -> bool:
    """Whether Odoo asks for a key, in the words of JSON-2, when it is called without one."""
    answer = transport.post(
        "/json/2/res.users/context_get",
        {},
        kind=Kind.READ,
        call="res.users.context_get",
        headers={"X-Odoo-Database": database},
    )
    return asks_for_a_key(answer)


def asks_for_a_key(answer: HttpAnswer) -> bool:
    """A proxy may refuse us too, but not in Odoo's words."""
    _, content = json_of(answer)
    return answer.status in {401, 403} and fault_of(content) is not None


def major_version(version: Any) -> int:
    """The number before the dot: 17 of "17.0", 18 of "saas~18.3".

    :raises OdooUnavailable: whoever answered is no Odoo.
    """
    text = version.get("server_version") if isinstance(version, dict) else None
    found = re.match(r"(?:saas[~-])?(\d+)", text) if isinstance(text, str) else None
    if found is None:
        raise OdooUnavailable("This is no Odoo.", VERSION, "unreadable answer")
    return int(found[1])
