"""Quo and Twilio as servers on this machine: the shapes that they document, and what goes wrong."""

import contextlib
import datetime as dt
import json
import threading
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PAGE = 2  # rows: few, so that there is a second page


class Provider:
    """Keeps what was sent. ``trouble`` holds what happens to the next posts, in their order.

    A status and a body is answered and nothing kept; "gone" is neither kept nor answered; "lost" is
    kept and not answered; "cut" is answered with half of a JSON, and kept. ``listed`` is what it
    knows of texts and calls.
    """

    def __init__(self):
        self.kept, self.trouble, self.asked, self.logins = [], [], [], set()
        self.gets, self.listed = [], {"messages": [], "calls": []}

    def keep(self, number, text):
        row = (f"AC{len(self.kept):032x}", number, text, dt.datetime.now(tz=dt.UTC))  # noqa: TID251
        self.kept.append(row)
        return row

    def numbers(self):
        return [number for _key, number, _text, _at in self.kept]


def rows_like_quo(provider, asked):
    """Return a page of ``GET /messages`` since 2026-03-30."""
    [number], since = asked["to"], dt.datetime.fromisoformat(asked["createdAt[gt]"][0])
    rows = [
        {"id": key, "to": [to], "text": text, "direction": "outgoing", "createdAt": at.isoformat()}
        for key, to, text, at in provider.kept
        if to == number and at > since
    ]
    first = int(asked.get("after", ["0"])[0])
    following = str(first + PAGE) if len(rows) > first + PAGE else None
    return {"data": rows[first : first + PAGE], "nextCursor": following}


def rows_like_twilio(provider, asked, path):
    """Return a page of the list of messages of an account."""
    [number] = asked["To"]
    rows = [
        {
            "sid": key,
            "to": to,
            "body": text,
            "direction": "outbound-api",
            "date_created": format_datetime(at),
        }
        for key, to, text, at in provider.kept
        if to == number
    ]
    first = int(asked.get("Page", ["0"])[0]) * PAGE
    more = len(rows) > first + PAGE
    query = f"To={number.replace('+', '%2B')}&Page={first // PAGE + 1}"
    return {
        "messages": rows[first : first + PAGE],
        "next_page_uri": f"{path}?{query}" if more else None,
    }


class Door(BaseHTTPRequestHandler):
    """What both of them answer with."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        provider, address = self.server.provider, urlsplit(self.path)
        asked = parse_qs(address.query)
        provider.gets.append(address.path)
        what = provider.asked.pop(0) if provider.asked else None
        if what == "lost":
            self.close_connection = True
            return None
        if what:
            return self.answer(*what)
        if not {"to", "To"} & set(asked):
            return self.answer(200, self.whole_list(address.path, asked))
        if address.path == "/messages":
            assert self.headers["Quo-Api-Version"] == "2026-03-30"
            return self.answer(200, rows_like_quo(provider, asked))
        return self.answer(200, rows_like_twilio(provider, asked, address.path))

    def whole_list(self, path, asked):
        """Return a page of what the provider knows, as it was put in ``listed``."""
        quo = not path.endswith(".json")
        name = path.strip("/") if quo else path.rpartition("/")[2].removesuffix(".json").lower()
        rows = self.server.provider.listed[name]
        first = int(asked.get("after" if quo else "Page", ["0"])[0]) * (1 if quo else PAGE)
        page, more = rows[first : first + PAGE], len(rows) > first + PAGE
        if quo:
            return {"data": page, "nextCursor": str(first + PAGE) if more else None}
        following = f"{path}?Page={first // PAGE + 1}&StartTime=x"
        return {name: page, "next_page_uri": following if more else None}

    def do_POST(self):
        provider = self.server.provider
        provider.logins.add(self.headers["Authorization"])
        body = self.rfile.read(int(self.headers["Content-Length"]))
        what = provider.trouble.pop(0) if provider.trouble else None
        if isinstance(what, tuple):
            return self.answer(*what)
        if what == "gone":
            self.close_connection = True
            return None
        quo = self.path == "/v1/messages"
        told = json.loads(body) if quo else {k: v[0] for k, v in parse_qs(body.decode()).items()}
        number, text = (told["to"][0], told["content"]) if quo else (told["To"], told["Body"])
        key, *_rest = provider.keep(number, text)
        if what == "lost":
            self.close_connection = True
            return None
        if what == "cut":
            return self.answer(200, None, raw=b'{"data": {"id"')
        return self.answer(202, {"data": {"id": key}}) if quo else self.answer(201, {"sid": key})

    def answer(self, status, told, headers=None, raw=None):
        body = json.dumps(told).encode() if raw is None else raw
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_words):
        """Say nothing."""


@contextlib.contextmanager
def serving():
    """Serve while the block runs; yield the address and what is kept there."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        server.provider = Provider()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", server.provider
        finally:
            server.shutdown()
            thread.join()
