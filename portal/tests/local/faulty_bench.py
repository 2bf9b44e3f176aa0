"""A small server behind the faulty proxy, and the proxy before it."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from portal.local.faulty_proxy import FaultyProxy

TIMEOUT = 10


class Upstream(ThreadingHTTPServer):
    """Stands where Odoo stands: keeps what reached it whole, and answers with the number of it."""

    request_queue_size = 128  # or 50 calls at once overflow the queue of 5, and some are reset

    def __init__(self):
        self.bodies = []
        self.broken = []
        self.slow = threading.Event()
        self.slow.set()
        super().__init__(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Upstream

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            self.server.broken.append(body)
            return
        self.server.bodies.append(json.loads(body))
        self.server.slow.wait(TIMEOUT)
        answer = json.dumps({"received": len(self.server.bodies)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args):
        pass


@pytest.fixture
def upstream():
    with Upstream() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.slow.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def proxy(upstream):
    with FaultyProxy(upstream.url) as proxy:
        yield proxy


def post(proxy, model="crm.lead", method="write", body=None, database="demo", timeout=TIMEOUT):
    return requests.post(
        f"{proxy.url}/json/2/{model}/{method}",
        json=body or {"ids": [7]},
        headers={"X-Odoo-Database": database, "Authorization": "bearer secret"},
        timeout=timeout,
    )


def eventually(condition):
    until = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.01)
