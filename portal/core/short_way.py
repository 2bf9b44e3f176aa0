"""The short way: posts of other programs are answered before Django makes requests of them.

Sessions, log-in, messages and pages are for people, and cost more than it takes to store a post.
What is answered here Django answers alike; whatever is odd about a post (its method, its host, its
length) goes there.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from portal.core.middleware import request_id_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

log = structlog.get_logger(__name__)

Environ = dict[str, Any]


class ShortWay:
    """A WSGI application: plain posts to one of ``doors`` go there, and all else the long way.

    ``doors``: by its path, what makes the answer out of the environment and the body.
    """

    def __init__(self, long_way: WSGIApplication, doors: Mapping[str, Door]) -> None:
        self._long_way = long_way
        self._doors = doors
        self._headers = headers_of_every_answer()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, by the one way or the other."""
        door = self._doors.get(environ["PATH_INFO"])
        if door is None or not is_plain(environ):
            return self._long_way(environ, start_response)
        request_id = request_id_of(environ)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            answer = answer_at(door, environ)
        own = {"Content-Length": str(len(answer.content)), "X-Request-ID": request_id}
        headers = [*self._headers, *answer.items(), *own.items()]
        start_response(f"{answer.status_code} {answer.reason_phrase}", headers)
        return [answer.content]


Door = Callable[[Environ, bytes], HttpResponse]


def answer_at(door: Door, environ: Environ) -> HttpResponse:
    """Return what the door answers: 500 where it breaks, 400 where the body breaks off."""
    length = int(environ["CONTENT_LENGTH"])
    try:
        body = environ["wsgi.input"].read(length)
        return door(environ, body) if len(body) == length else HttpResponse(status=400)
    except Exception:
        log.exception("short_way_broken", path=environ["PATH_INFO"])
        return HttpResponse(status=500)
    finally:
        if connection.connection is not None:
            close_old_connections()  # back to the pool


def is_plain(environ: Environ) -> bool:
    """Say whether nothing about a request asks for Django's judgement."""
    length = environ.get("CONTENT_LENGTH", "")
    return (
        environ["REQUEST_METHOD"] == "POST"
        and length.isdecimal()
        and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        and "%00" not in environ["QUERY_STRING"]
        and is_ours(environ.get("HTTP_HOST", ""), tuple(settings.ALLOWED_HOSTS))
        and (not settings.SECURE_SSL_REDIRECT or is_secure(environ))
    )


@lru_cache(maxsize=64)
def is_ours(host: str, allowed: tuple[str, ...]) -> bool:
    """Say whether Django would take a request for this host."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)


def is_secure(environ: Environ) -> bool:
    """Say whether a request surely came by TLS."""
    name, value = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")
    return bool(environ.get(name) == value)


def headers_of_every_answer() -> list[tuple[str, str]]:
    """Return the headers that Django's middleware gives to every answer."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    environ = {"REQUEST_METHOD": "POST", "wsgi.url_scheme": scheme, "wsgi.input": io.BytesIO()}
    answer = HttpResponse()
    del answer.headers["Content-Type"]
    for middleware in (XFrameOptionsMiddleware, CSPMiddleware, SecurityMiddleware):
        chain = middleware(lambda _request: answer)
        chain(WSGIRequest(environ))
    return list(answer.items())


class EnvironHeaders(Mapping[str, str]):
    """A WSGI environment's headers, by names in any case."""

    def __init__(self, environ: Environ) -> None:
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        """Return a header."""
        key = name.replace("-", "_").upper()
        value: str = self._environ[key if key in WITHOUT_PREFIX else f"HTTP_{key}"]
        return value

    def __iter__(self) -> Iterator[str]:
        """Go through the names, as they stand in the environment."""
        names = (key.removeprefix("HTTP_") for key in self._environ if key.startswith("HTTP_"))
        return iter([*names, *(WITHOUT_PREFIX & self._environ.keys())])

    def __len__(self) -> int:
        """Count them."""
        return len(list(iter(self)))


WITHOUT_PREFIX = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})
