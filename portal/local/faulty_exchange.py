"""One request at the faulty proxy: read it, let the fault treat it, hang up."""

import contextlib
import http.client
import socket
import time
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import TYPE_CHECKING

from portal.local.faulty_calls import Call
from portal.local.faulty_faults import Reply

if TYPE_CHECKING:
    from portal.local.faulty_proxy import FaultyProxy

LONGEST_UPSTREAM = 300.0
TICK = 0.02
OWN_HEADERS = frozenset({"connection", "content-length", "transfer-encoding"})


class OneRequest(BaseHTTPRequestHandler):
    """The ``Exchange`` that the faults work on. HTTP/1.0 on purpose: one request a connection."""

    timeout = 10  # for a portal that connects and says nothing
    proxy: "FaultyProxy"  # set by a subclass: the standard library makes the instances

    def do_POST(self) -> None:
        self.request_body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        database = self.headers.get("X-Odoo-Database", "")
        self.call: Call = self.proxy.record(self.path, self.request_body, database)
        fault = self.proxy.fault_for(self.call)
        self.call.outcome = fault.name
        try:
            fault.treat(self)
        except (OSError, http.client.HTTPException):
            self.call.outcome = "Odoo did not answer"

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - not our name
        """Keep the test's output clean."""

    def forward(self) -> Reply:
        """Send the request to Odoo and read the whole answer."""
        with self.proxy.upstream_connection(LONGEST_UPSTREAM) as upstream:
            upstream.request(self.command, self.path, self.request_body, self._headers_for_odoo())
            response = upstream.getresponse()
            body = response.read()
        self.call.forwarded += 1
        self.call.status = response.status
        headers = [one for one in response.getheaders() if one[0].lower() not in OWN_HEADERS]
        return Reply(response.status, headers, body)

    def forward_half(self) -> None:
        """Send Odoo the head and half of the body, and hang up."""
        with self.proxy.upstream_connection(LONGEST_UPSTREAM) as upstream:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self._headers_for_odoo().items():
                upstream.putheader(name, value)
            upstream.putheader("Content-Length", str(len(self.request_body)))
            upstream.endheaders(self.request_body[: len(self.request_body) // 2])

    def reply(self, reply: Reply) -> None:
        """Answer the portal, which may have gone by now."""
        with contextlib.suppress(ConnectionError):
            self.send_response_only(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(reply.body[: reply.cut])

    def wait(self, event: Event, seconds: float) -> None:
        """Wait for the event or the time.

        :raises ConnectionAbortedError: the proxy has ended, and nothing may be sent any more.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until and not event.wait(TICK):
            if self.proxy.ended.is_set():
                raise ConnectionAbortedError("the proxy has ended")

    def _headers_for_odoo(self) -> dict[str, str]:
        kept = {
            name: value for name, value in self.headers.items() if name.lower() not in OWN_HEADERS
        }
        return kept | {"Connection": "close"}


def hang_up(connection: http.client.HTTPConnection) -> None:
    """End a connection that another thread may be waiting on."""
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)
