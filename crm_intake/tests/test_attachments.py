"""Files of texts and calls: fetched once, judged by their own bytes, kept where we alone read."""

import base64
import contextlib
import datetime as dt
import hashlib
import io
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone
from PIL import Image

from crm_intake.media import client
from crm_intake.models import Attachment, Message
from crm_intake.services.fetch_attachment import PAUSES
from crm_intake.tasks import FILES, fetch_attachments
from odoo_bridge.slots import Doing
from portal.accounts.models import Role
from portal.testing.sessions import other_session

PAUSE = 0.02  # seconds between the pieces of a file that drips
pytestmark = pytest.mark.django_db


def picture():
    """Return the bytes of a small picture."""
    file = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(file, "PNG")
    return file.getvalue()


class Shelf:
    """What a source keeps, by path: a status, headers and a body; and who asked for what."""

    def __init__(self):
        self.kept, self.asked = {}, []


@pytest.fixture
def shelf(settings, tmp_path):
    """Keep files as a source does, on this machine."""
    shelf = Shelf()

    class Door(BaseHTTPRequestHandler):
        """Hands out what is kept."""

        def do_GET(self):
            """Answer with the file of this path."""
            shelf.asked.append((self.path, self.headers.get("Authorization")))
            status, headers, body = shelf.kept[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):  # who asked has gone
                for piece in body if isinstance(body, list) else [body]:
                    self.wfile.write(piece)
                    time.sleep(PAUSE * isinstance(body, list))

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    shelf.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    settings.MEDIA_MAY_BE_LOCAL, settings.MEDIA_ROOT = True, tmp_path
    yield shelf
    server.shutdown()
    server.server_close()


@pytest.fixture
def noted(told, shelf):
    """Note a file that is kept on the shelf: ``noted("/a.png", 200, {}, b"...")``."""
    told("message_2026")

    def note(path="/a.png", status=200, headers=None, body=b""):
        shelf.kept[path] = status, headers or {}, body
        return Attachment.objects.create(
            message=Message.objects.get(), key=path, url=shelf.url + path, not_before=timezone.now()
        )

    return note


def fetched(file):
    fetch_attachments()
    file.refresh_from_db()
    return file


def test_a_picture_is_kept_and_shown_to_the_office_alone(noted, signed_in, shelf):
    content = picture()

    file = fetched(noted(headers={"Content-Type": "text/html"}, body=content))

    assert (file.state, file.content_type, file.size) == ("KEPT", "image/png", len(content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    page = signed_in(Role.OFFICE).get(f"/inbox/files/{file.uuid}/")
    assert page.content == content
    assert page["Content-Type"] == "image/png"
    assert page["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert page["Content-Disposition"].startswith("inline")
    assert signed_in(Role.DRIVER).get(f"/inbox/files/{file.uuid}/").status_code == 403
    fetch_attachments()
    assert len(shelf.asked) == 1, "it is fetched once"


def test_a_pdf_is_offered_as_a_file(noted, signed_in):
    file = fetched(noted(body=b"%PDF-1.7 plan of the yard"))

    page = signed_in(Role.OFFICE).get(f"/inbox/files/{file.uuid}/")

    assert page["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (200, b"<html><script>alert(1)</script>", "no picture, recording, film or PDF"),
        (200, b"", "no picture"),
        (404, b"", "answered with 404"),
        (403, picture(), "answered with 403"),
    ],
)
def test_what_is_not_to_be_kept_is_not_asked_for_again(noted, shelf, status, body, why):
    file = fetched(noted(status=status, body=body))

    assert (file.state, bool(file.file)) == ("GONE", False)
    assert why in file.trouble
    fetch_attachments()
    assert len(shelf.asked) == 1


def test_what_is_too_large_is_not_kept(noted, monkeypatch):
    monkeypatch.setattr(client, "MOST", 1024 * 1024)

    file = fetched(noted(body=picture() + bytes(1024 * 1024)))

    assert (file.state, file.trouble) == ("GONE", "It is larger than 1 MB.")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_is_not_there_yet_is_asked_for_later(noted, status):
    file = fetched(noted(status=status))

    assert (file.state, file.tries) == ("WAITING", 1)
    assert str(status) in file.trouble
    assert file.not_before > timezone.now()


def test_what_never_comes_is_given_up_after_a_while(noted):
    file = noted(status=500)
    for _ in range(len(PAUSES) + 1):
        assert file.state == "WAITING"
        Attachment.objects.update(not_before=timezone.now())
        fetched(file)

    assert (file.state, file.trouble) == ("GONE", "The source answered with 500.")


def test_a_source_that_does_not_answer_is_asked_later_and_nobody_reads_where(noted, monkeypatch):
    monkeypatch.setattr(client, "TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        file = noted()
        file.url = f"http://127.0.0.1:{listener.getsockname()[1]}/s3cr3t"
        file.save()

        assert fetched(file).trouble == "No answer (TimeoutError)."


def test_a_file_that_drips_is_not_waited_for(noted, monkeypatch):
    monkeypatch.setattr(client, "TIMEOUT", 5 * PAUSE)

    assert fetched(noted(body=[b"x"] * 20)).trouble == "No answer (TimeoutError)."


def test_a_redirect_is_followed_and_the_log_in_stays_at_the_source(noted, shelf, settings):
    settings.TWILIO_API_URL = shelf.url
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = "AC1", ["new", "old"]
    shelf.kept["/there.png"] = 200, {}, picture()
    elsewhere = shelf.url.replace("127.0.0.1", "localhost")
    file = noted("/media", 307, {"Location": f"{elsewhere}/there.png"})

    assert fetched(file).state == "KEPT"
    login = f"Basic {base64.b64encode(b'AC1:new').decode()}"
    assert shelf.asked == [("/media", login), ("/there.png", None)]


def test_who_is_sent_round_and_round_gives_up(noted):
    file = fetched(noted("/a", 302, {"Location": "/a"}))

    assert file.trouble == "It leads from one address to the next."


@pytest.mark.parametrize("url", ["http://media.example/a.png", "https://127.0.0.1/a.png"])
def test_a_private_or_plain_address_is_not_called(noted, settings, url):
    settings.MEDIA_MAY_BE_LOCAL = False
    file = noted()
    file.url = url
    file.save()

    assert fetched(file).state == "GONE"


def test_one_fetches_at_a_time_and_not_for_ever(noted, shelf):
    files = [noted(f"/{number}.png", body=picture()) for number in range(FILES + 1)]

    fetch_attachments()

    assert len(shelf.asked) == FILES < len(files)


def test_a_fetch_that_was_cut_off_is_made_again(noted, settings):
    file = noted(body=picture())
    (settings.MEDIA_ROOT / "intake").mkdir()
    (settings.MEDIA_ROOT / "intake" / file.uuid.hex).write_bytes(b"half of i")
    Attachment.objects.update(tries=1, not_before=timezone.now() - dt.timedelta(seconds=1))

    fetched(file)

    assert (settings.MEDIA_ROOT / file.file.name).read_bytes() == picture()
    assert [path.name for path in (settings.MEDIA_ROOT / "intake").iterdir()] == [file.uuid.hex]


def test_while_somebody_fetches_nobody_else_does(noted, shelf):
    noted(body=picture())
    with other_session() as session:
        session.execute("select pg_advisory_lock(%s, 1)", [Doing.FETCHING])
        fetch_attachments()
        assert shelf.asked == []
        session.execute("select pg_advisory_unlock_all()")
    fetch_attachments()

    assert len(shelf.asked) == 1
