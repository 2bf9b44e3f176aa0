"""A door to which a real Odoo can post: it keeps what it hears."""

import http.server
import json
import threading
import time
from contextlib import contextmanager


class Listening:
    """What was heard, as (path, body), and the address to post to."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"
        self.heard = []

    def wait_for(self, number, seconds=5):
        """Return what was heard once it is this much.

        :raises AssertionError: it was not in time.
        """
        deadline = time.monotonic() + seconds
        while len(self.heard) < number:
            assert time.monotonic() < deadline, self.heard
            time.sleep(0.02)
        return self.heard


@contextmanager
def listening():
    """Listen on a free port while the block runs."""

    class Door(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(202)
            self.end_headers()
            ear.heard.append((self.path, json.loads(body)))

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        ear = Listening(server.server_port)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield ear
        server.shutdown()
        thread.join()


@contextmanager
def greeting_with(body, date=""):
    """Answer what is asked for by GET with ``body``, or hang up when that is ``None``."""

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if body is None:
                return
            self.send_response_only(200)
            self.send_header("Date", date)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
