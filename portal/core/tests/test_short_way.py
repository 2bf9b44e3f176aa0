"""What is odd about a post goes the long way; what breaks on the short one is answered."""

import io

import pytest
import structlog
from django.db import connection
from django.http import HttpResponse

from portal.core import short_way
from portal.core.short_way import EnvironHeaders, ShortWay

pytestmark = pytest.mark.django_db  # the way back to the pool is looked at

PLAIN = {
    "REQUEST_METHOD": "POST",
    "PATH_INFO": "/door",
    "QUERY_STRING": "",
    "CONTENT_LENGTH": "2",
    "CONTENT_TYPE": "text/plain",
    "HTTP_HOST": "testserver:8000",
    "HTTP_X_ONE": "1",
    "wsgi.url_scheme": "http",
}


def long_way(_environ, start_response):
    start_response("200 OK", [])
    return [b"long"]


def asked(door=lambda _environ, _body: HttpResponse("short"), body=b"ab", **others):
    """Ask the application; return status, headers and body."""
    begun = []
    application = ShortWay(long_way, {"/door": door})
    environ = PLAIN | {"wsgi.input": io.BytesIO(body)} | others
    content = application(environ, lambda *told: begun.append(told))
    return begun[0][0], dict(begun[0][1]), b"".join(content)


def test_a_plain_post_goes_the_short_way():
    status, headers, content = asked()

    assert (status, content) == ("200 OK", b"short")
    assert headers["Content-Length"] == "5"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "odd",
    [
        {"PATH_INFO": "/elsewhere"},
        {"REQUEST_METHOD": "GET"},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": str(1024 * 1024 + 1)},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "not a host"},
        {"QUERY_STRING": "a=%00"},
    ],
)
def test_what_is_odd_goes_the_long_way(odd):
    assert asked(**odd)[2] == b"long"


def test_who_does_not_come_by_tls_goes_the_long_way_where_it_must_be(settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    assert asked()[2] == b"long"
    assert asked(**{"wsgi.url_scheme": "https"})[1]["Strict-Transport-Security"] == "max-age=60"

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert asked(**{"wsgi.url_scheme": "https"})[2] == b"long"
    assert asked(HTTP_X_FORWARDED_PROTO="https")[2] == b"short"


def test_a_proxy_s_request_id_is_kept_and_stands_in_the_log():
    def door(_environ, _body):
        return HttpResponse(structlog.contextvars.get_contextvars()["request_id"])

    _status, headers, content = asked(door, HTTP_X_REQUEST_ID="proxy-4711-abc")

    assert (headers["X-Request-ID"], content) == ("proxy-4711-abc", b"proxy-4711-abc")


def test_a_body_that_breaks_off_is_not_taken():
    assert asked(body=b"a")[0] == "400 Bad Request"


def test_what_breaks_is_a_5xx_so_that_it_is_sent_again(monkeypatch):
    monkeypatch.setattr(short_way, "log", structlog.get_logger())  # one that nothing has set up yet
    with structlog.testing.capture_logs() as noted:
        status, headers, content = asked(lambda _environ, _body: 1 / 0)

    assert (status, content) == ("500 Internal Server Error", b"")
    assert headers["X-Frame-Options"] == "DENY"
    assert [line["event"] for line in noted] == ["short_way_broken"]


def test_a_session_that_django_opened_is_given_back(transactional_db, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    connection.close()

    def door(_environ, _body):
        connection.ensure_connection()
        return HttpResponse()

    asked(door)

    assert connection.connection is None


def test_headers_have_the_names_of_http_in_any_case():
    headers = EnvironHeaders(PLAIN)

    assert (headers["x-one"], headers["Content-Type"]) == ("1", "text/plain")
    assert headers.get("X-Two") is None
    assert sorted(headers) == ["CONTENT_LENGTH", "CONTENT_TYPE", "HOST", "X_ONE"]
    assert len(headers) == 4
