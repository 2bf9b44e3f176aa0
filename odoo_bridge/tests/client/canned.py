"""A server on this machine that keeps what it was sent and answers what the test says.

It plays no Odoo: it only lets ``requests`` meet real sockets and real bytes.
"""

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from odoo_bridge.client import Protocol

LONGEST = 10
KEY = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Canned:
    """``hang_up``: read the request, then close. ``cut``: promise all of the body, send a part."""

    status: int = 200
    body: bytes = b"null"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    hang_up: bool = False
    wait: threading.Event | None = None
    cut: int | None = None


def in_json(content, status=200):
    return Canned(status=status, body=json.dumps(content).encode())


def returned(protocol, result=None):
    """What a method returned, as the protocol says it; JSON-RPC says nothing of ``None``."""
    if protocol is Protocol.JSON2:
        return in_json(result)
    return in_json({"jsonrpc": "2.0", "id": 1} | ({} if result is None else {"result": result}))


def in_html(status, text="<html>Not Found</html>"):
    return Canned(status=status, body=text.encode(), headers={"Content-Type": "text/html"})


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class CannedServer(ThreadingHTTPServer):
    """Gives the answers in their order; the last one for ever."""

    def __init__(self):
        self.answers = [Canned()]
        self.received = []
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        """Clients of these tests hang up while they are answered; that is no news."""

    def will_answer(self, *answers):
        self.answers = list(answers)

    def next_answer(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Handler(BaseHTTPRequestHandler):
    server: CannedServer

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(Received(self.path, dict(self.headers), json.loads(body)))
        answer = self.server.next_answer()
        if answer.wait:
            answer.wait.wait(LONGEST)
        if answer.hang_up:
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: answer.cut])

    def log_message(self, *_args):
        pass


def eventually(condition):
    until = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.01)
