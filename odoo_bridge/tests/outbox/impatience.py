"""How long the tests of faults wait: long, so that only what they delay is ever late."""

import time
from collections.abc import Iterator
from typing import Any

import requests

from odoo_bridge.client import OdooClient
from odoo_bridge.client.connections import new_session
from odoo_bridge.models import OdooAccess, OutboxEntry
from odoo_bridge.outbox.drain import drain
from portal.local.faulty_faults import (
    BAD_GATEWAY_BEFORE,
    DROP_BEFORE,
    DROP_HALF_WAY,
    Fault,
    delay_answer,
    delay_before,
)
from portal.local.faulty_proxy import FaultyProxy

SHORT = 1  # seconds, for the one answer that is to be late
TOO_LONG = 1.3
LONGEST = 120  # for all else, however slow the machine is
LATE_ANSWER = delay_answer(TOO_LONG)
ZOMBIE = delay_before(TOO_LONG)  # it lands when the same has been sent again
LATE = {LATE_ANSWER, ZOMBIE}
NEVER_LANDS = {DROP_BEFORE, DROP_HALF_WAY, BAD_GATEWAY_BEFORE}


def send_until_done(
    entry: OutboxEntry, client: OdooClient, access: OdooAccess, fault: Fault, proxy: FaultyProxy
) -> None:
    """Send until the entry is done, and what the fault delayed has landed."""
    seconds = not_for_ever()
    while entry.state != OutboxEntry.State.DONE:
        assert next(seconds), (fault.name, entry.state, entry.failed_step, entry.last_error)
        drain(client, access)
        entry.refresh_from_db()
    while fault not in NEVER_LANDS and not all(call.forwarded for call in proxy.calls):
        assert next(seconds), (fault.name, proxy.calls)


def not_for_ever() -> Iterator[bool]:
    """Tick, and say whether there is time left."""
    deadline = time.monotonic() + LONGEST
    while True:
        time.sleep(0.02)
        yield time.monotonic() < deadline


def patience(fault: Fault, target: str) -> dict[str, Any]:
    """Return a client's options: short of patience for the one call that the fault delays."""
    session = ShortOfPatience(target) if fault in LATE else new_session()
    return {"session": session, "read_timeout": LONGEST, "write_timeout": LONGEST}


class ShortOfPatience(requests.Session):
    """Waits a short time for the first answer of one method, and long for all others."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.trust_env = False
        self.path: str | None = "/".join(target.rsplit(".", 1))

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Called by requests for every request."""
        if self.path and str(request.url).endswith(f"/{self.path}"):
            self.path = None
            options["timeout"] = SHORT
        return super().send(request, **options)
