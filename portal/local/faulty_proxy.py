"""A proxy in front of Odoo which fails on command, inside the test's own process.

    with FaultyProxy("http://127.0.0.1:8069") as proxy:
        proxy.rule(DROP_ANSWER, when=of_method("crm.lead", "load"))
        point = proxy.kill(lambda: drain.pid, after_call=2, counting=writes)
        proxy.down()  # connections are refused, as by a stopped Odoo
        proxy.up()
        assert [call.outcome for call in proxy.calls] == ["answer dropped", "passed", …]

One thread a request, and one request a connection, since Odoo closes each connection too.
"""

import http.client
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import HTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from portal.local.faulty_calls import Call, call_of
from portal.local.faulty_exchange import OneRequest, hang_up
from portal.local.faulty_plan import Plan

TICK = 0.02
LONGEST_GOODBYE = 10.0


class FaultyProxy(Plan):
    """``url`` is where the portal finds "Odoo"; ``calls`` is what came by, in order of arrival."""

    def __init__(self, upstream_url: str) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.ended = threading.Event()
        self._upstream = urlsplit(upstream_url)
        self._upstreams: set[http.client.HTTPConnection] = set()
        self._records = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._listener: Listener | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The same through every ``down()`` and ``up()``."""
        return f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let nothing more through, and wait for every thread."""
        self.ended.set()
        self.down()
        with self._records:
            waiting = list(self._upstreams)
        for connection in waiting:
            hang_up(connection)
        for thread in self._threads:
            thread.join(LONGEST_GOODBYE)

    def up(self) -> None:
        """Listen (again), on the same port."""
        if self._listener is None:
            self._listener = Listener(self, self._port)
            self._port = self._listener.server_address[1]
            self.in_thread(self._listener.serve_forever, TICK)

    def down(self) -> None:
        """Refuse connections. Requests that are under way go on."""
        if self._listener is not None:
            self._listener.shutdown()
            self._listener.server_close()
            self._listener = None

    def record(self, path: str, body: bytes, database: str) -> Call:
        """Number a request and keep it."""
        with self._records:
            call = call_of(len(self.calls) + 1, path, body, database)
            self.calls.append(call)
        return call

    def in_thread(self, work: Any, *args: Any) -> None:
        """Start a thread that the end of the proxy waits for."""
        thread = threading.Thread(target=work, args=args, name="faulty proxy", daemon=True)
        self._threads.append(thread)
        thread.start()

    @contextmanager
    def upstream_connection(self, timeout: float) -> Iterator[http.client.HTTPConnection]:
        """A connection to Odoo, which the end of the proxy can cut."""
        host, port = self._upstream.hostname or "", self._upstream.port
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
        with self._records:
            self._upstreams.add(connection)
        try:
            yield connection
        finally:
            with self._records:
                self._upstreams.discard(connection)
            connection.close()


class Listener(HTTPServer):
    """Accepts, and gives each request a thread that the proxy knows."""

    request_queue_size = 128

    def __init__(self, proxy: FaultyProxy, port: int) -> None:
        self._proxy = proxy
        super().__init__(("127.0.0.1", port), type("OneRequest", (OneRequest,), {"proxy": proxy}))

    def server_bind(self) -> None:
        """Bind without asking the network for our name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Called by the loop of ``serve_forever`` for each connection."""
        self._proxy.in_thread(self._finish, request, client_address)

    def _finish(self, request: Any, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        except OSError:
            pass  # the portal is gone: no matter to the proxy
        finally:
            self.shutdown_request(request)
