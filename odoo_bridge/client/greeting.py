"""What an Odoo says to anybody: that it runs, which version it is, and what time it is there."""

import datetime as dt
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import requests

from odoo_bridge.client.connections import clean_address, never_connected, new_session
from odoo_bridge.client.errors import OdooUnavailable
from odoo_bridge.client.transport import CONNECT_TIMEOUT

HEALTH, VERSION = "/web/health", "/web/version"


@dataclass(frozen=True)
class Greeting:
    """``version`` is empty of an Odoo that does not tell it; ``at`` is its clock, in seconds."""

    is_well: bool
    version: str
    at: dt.datetime | None
    seconds: float


def greet(base_url: str, *, timeout: float = 5) -> Greeting:
    """Ask without a key.

    :raises ValueError: the address is no HTTP address.
    :raises OdooUnavailable: nobody answers.
    """
    began = time.monotonic()
    health = get(clean_address(base_url) + HEALTH, timeout)
    seconds = time.monotonic() - began
    version = content_of(get(clean_address(base_url) + VERSION, timeout)).get("version")
    return Greeting(
        is_well=content_of(health).get("status") == "pass",
        version=str(version or ""),
        at=date_of(health),
        seconds=seconds,
    )


def get(url: str, timeout: float) -> requests.Response:
    """Return the answer, whatever it says.

    :raises OdooUnavailable: there is none.
    """
    try:
        return new_session().get(url, timeout=(CONNECT_TIMEOUT, timeout), allow_redirects=False)
    except requests.RequestException as exc:
        reason = "The connection to Odoo was lost."
        if never_connected(exc):
            reason = "There is no connection to Odoo."
        raise OdooUnavailable(reason, "greeting", type(exc).__name__) from exc


def content_of(answer: requests.Response) -> dict[str, object]:
    """Return the object in the answer; empty, when there is none."""
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def date_of(answer: requests.Response) -> dt.datetime | None:
    """Return the time that the answer was stamped with."""
    try:
        return parsedate_to_datetime(answer.headers["Date"])
    except (KeyError, ValueError):
        return None
