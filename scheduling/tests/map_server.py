"""Services that know places, on this machine: they answer in the shapes of their docs."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ANSWERS = Path(__file__).parent / "answers"


def recorded(name):
    """Return an answer in the shape that the service documents."""
    return json.loads((ANSWERS / f"{name}.json").read_text())


class Maps:
    """What each path answers: a status and a body; ``asked`` has what came, the oldest first."""

    def __init__(self, url):
        self.url, self.answers, self.asked = url, {}, []

    def answer(self, path, body, status=200):
        self.answers[path] = (status, body)


class Door(BaseHTTPRequestHandler):
    """Answers by path, and 404 where nothing was laid down."""

    def do_GET(self):
        self.tell(None)

    def do_POST(self):
        self.tell(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def tell(self, posted):
        maps, address = self.server.maps, urlsplit(self.path)
        asked = posted if posted is not None else parse_qs(address.query)
        maps.asked.append((address.path, asked, dict(self.headers)))
        status, body = maps.answers.get(address.path, (404, {}))
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_words):
        """Say nothing."""


@contextlib.contextmanager
def map_server():
    """Serve while the block runs; yield what is answered and what was asked."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        server.maps = Maps(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.maps
        finally:
            server.shutdown()
            thread.join()
