"""What an answer means, in Odoo's words or a stranger's; the protocols know where the words are."""

import json
from dataclasses import dataclass
from typing import Any

from odoo_bridge.client.errors import OdooBroken, OdooError, OdooUnavailable
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.meanings import BY_NAME, BY_STATUS, BY_STATUS_OF_STRANGERS, IN_DOUBT


@dataclass(frozen=True)
class HttpAnswer:
    """All that we look at of an HTTP response."""

    status: int
    content_type: str = ""
    body: bytes = b""
    location: str = ""


@dataclass(frozen=True)
class Fault:
    """Odoo's own account of an error. Its ``debug``, a traceback with data in it, stays behind."""

    name: str
    message: str


def json_of(answer: HttpAnswer) -> tuple[bool, Any]:
    """Whether the body is JSON and says so, and what it holds."""
    if answer.content_type.partition(";")[0].strip().lower() != "application/json":
        return False, None
    try:
        return True, json.loads(answer.body)
    except (ValueError, RecursionError):
        return False, None


def fault_of(content: Any) -> Fault | None:
    """Odoo's ``{name, message, arguments, context, debug}``, or None if these are not its words."""
    if not isinstance(content, dict):
        return None
    name, message = content.get("name"), content.get("message")
    if not (isinstance(name, str) and isinstance(message, str)):
        return None
    arguments = content.get("arguments")
    if name.endswith(".RedirectWarning") and isinstance(arguments, list) and arguments:
        message = str(arguments[0])  # its message is the whole list, printed
    return Fault(name[:200], message)


def said_by_odoo(fault: Fault, answer: HttpAnswer, kind: Kind, call: str) -> OdooError:
    """The error for an answer in Odoo's own words."""
    if fault.name in IN_DOUBT:
        return kind.no_answer(fault.message, call, fault.name, answer.status)
    error = BY_NAME.get(fault.name) or BY_STATUS.get(answer.status)
    if error is None and fault.name.startswith("psycopg2.errors."):
        error = OdooBroken
    if error is None and not kind.writes:
        error = OdooBroken
    if error is None:
        return kind.no_answer(fault.message, call, fault.name, answer.status)
    return error(fault.message, call, fault.name, answer.status)


def said_by_a_stranger(answer: HttpAnswer, kind: Kind, call: str) -> OdooError:
    """The error for an answer of a proxy, of Odoo without its database, or of a broken line."""
    status = answer.status
    if status in BY_STATUS_OF_STRANGERS:
        reason = f"Refused with HTTP {status}, and not in Odoo's words."
        return BY_STATUS_OF_STRANGERS[status](reason, call, "not Odoo's words", status)
    if 300 <= status < 400:
        origin = "/".join(answer.location.split("/", 3)[:3])
        reason = f"Odoo's address is wrong: it sends us on to {origin or 'another place'}."
        return OdooUnavailable(reason, call, "redirect", status)
    if 400 <= status < 500:
        reason = f"Odoo or its database cannot be reached: HTTP {status}, and not in Odoo's words."
        return OdooUnavailable(reason, call, "not Odoo's words", status)
    reason = f"The answer (HTTP {status}) cannot be read."
    return kind.no_answer(reason, call, "unreadable answer", status)
