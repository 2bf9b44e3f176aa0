"""The short way answers a source's post as the long way does, and stores it as surely."""

import io
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections, connection

from crm_intake.models import StopMark, WebhookDelivery
from crm_intake.tests.conftest import LEGACY_SECRET, NEW_KEY, legacy_headers, new_headers, payload
from crm_intake.tests.test_twilio_signature import signed, told
from crm_intake.webhook_urls import doors
from portal.core.short_way import ShortWay

TEXT, STOP = payload("message_2026"), payload("stop_legacy")
FIELDS = {"MessageSid": "SM1", "From": "+16065550123", "To": "+15550000001", "Body": "Hello"}
FORM = urlencode(FIELDS).encode()
TWILIO = {
    "PATH_INFO": "/webhook/twilio/sms",
    "QUERY_STRING": "of=a|b",
    "CONTENT_TYPE": "application/x-www-form-urlencoded",
}
ADDRESS = "http://testserver/webhook/twilio/sms?of=a%7Cb"
# Storing fails unless the session that stores waits until what it commits is on disk.
DURABLE = """
create function is_durable() returns trigger language plpgsql as $$
begin
  if current_setting('synchronous_commit') <> 'on' or current_setting('fsync') <> 'on' then
    raise 'this session does not wait for the disk';
  end if;
  return new;
end $$;
create trigger durable before insert on crm_intake_webhookdelivery
  for each row execute function is_durable()
"""


@pytest.fixture(autouse=True)
def _keys(db, settings):
    settings.QUO_WEBHOOK_KEY, settings.QUO_SIGNING_SECRET = [NEW_KEY], [LEGACY_SECRET]
    settings.TWILIO_AUTH_TOKEN = ["12345"]


@pytest.fixture(autouse=True)
def _session_of_the_test(db, monkeypatch):
    """Keep the test's session open, whose transaction is never over; as Django's client does."""
    monkeypatch.setattr("portal.core.short_way.close_old_connections", lambda: None)
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def posted(application, body, headers, **others):
    """Post to a WSGI application; return status, headers and body of the answer."""
    begun = []
    given = {f"HTTP_{name.replace('-', '_').upper()}": value for name, value in headers.items()}
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/webhook/quo",
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "testserver",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    content = application(environ | given | others, lambda *told: begun.append(told))
    [(status, head)] = begun
    return status, dict(head), b"".join(content)


def never(_environ, _start_response):
    """Stand where the long way is, and be no answer."""
    raise AssertionError("this went the long way")


@pytest.fixture
def short():
    return ShortWay(never, doors())


@pytest.mark.parametrize(
    ("body", "headers", "others"),
    [
        (TEXT, new_headers(TEXT), {}),
        (STOP, legacy_headers(STOP), {}),
        (TEXT, new_headers(STOP), {}),
        (TEXT, {}, {}),
        (FORM, {"X-Twilio-Signature": "x"}, TWILIO),
        (FORM, {"X-Twilio-Signature": signed(f"{ADDRESS}{told(FIELDS)}")}, TWILIO),
    ],
)
def test_both_ways_answer_alike(short, body, headers, others):
    answers = []
    for way in (short, WSGIHandler()):
        status, head, content = posted(way, body, headers, **others)
        assert len(head.pop("X-Request-ID")) == 36
        assert head.pop("Vary", "Cookie") == "Cookie"  # of the session, which the short way has not
        answers.append((status, head, content))

    assert answers[0] == answers[1]


def test_a_post_is_on_disk_once_byte_by_byte(short):
    for _ in range(3):
        assert posted(short, TEXT, new_headers(TEXT))[0] == "204 No Content"

    assert bytes(WebhookDelivery.objects.get().body) == TEXT


def test_a_stop_counts_from_the_moment_of_the_answer(short):
    assert posted(short, STOP, legacy_headers(STOP))[0] == "204 No Content"

    assert StopMark.objects.get().number == "+16065550123"


@pytest.mark.parametrize("shortly", [True, False])
@pytest.mark.parametrize(("waits", "status"), [("on", 204), ("off", 500)])
@pytest.mark.parametrize(("body", "sign"), [(TEXT, new_headers), (STOP, legacy_headers)])
def test_the_session_that_stores_waits_for_the_disk(short, shortly, waits, status, body, sign):
    with connection.cursor() as cursor:
        cursor.execute(DURABLE)
        if waits == "off":
            cursor.execute("set local synchronous_commit = off")

    answer = posted(short if shortly else WSGIHandler(), body, sign(body))

    assert int(answer[0][:3]) == status
