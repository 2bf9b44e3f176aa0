"""Somebody to be told, and a chat that listens on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from odoo_bridge.services.follow_troubles import follow_troubles
from odoo_bridge.services.tell_of_alerts import tell_of_alerts
from portal.accounts.models import Role
from portal.setup.services.change_who_is_told import change_who_is_told


class Chat:
    """Collects what was posted, and answers with ``status``."""

    def __init__(self):
        self.status, self.headers, self.heard = 200, {}, []
        self.url = ""

    @property
    def texts(self):
        """What was said, in order."""
        return [body["text"] for _path, body in self.heard]


@pytest.fixture
def chat(settings):
    """Listen as Slack or Mattermost would, on this machine."""
    settings.CHAT_MAY_BE_LOCAL = True
    listening = Chat()

    class Door(BaseHTTPRequestHandler):
        """Takes one post."""

        def do_POST(self):
            """Note it, and answer."""
            length = int(self.headers["Content-Length"])
            assert self.headers["Content-Type"] == "application/json"
            listening.heard.append((self.path, json.loads(self.rfile.read(length))))
            self.send_response(listening.status)
            for name, value in listening.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    listening.url = f"http://127.0.0.1:{server.server_address[1]}/hooks/s3cr3t?x=1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield listening
    server.shutdown()
    server.server_close()


@pytest.fixture
def tell(person):
    """Choose who is told: ``tell(addresses=["yard@yard.test"])``."""
    by = person(Role.ADMIN, name="Root", email="root@yard.test")

    def choose(*, people=(), addresses=(), chat_url=""):
        return change_who_is_told(
            people=[one.pk for one in people], addresses=addresses, chat_url=chat_url, by=by
        )

    return choose


@pytest.fixture
def watch():
    """Look once, as the clock does each minute: ``watch(now)``."""

    def look(now=None):
        now = now or timezone.now()
        follow_troubles(now=now)
        tell_of_alerts(now=now)

    return look
