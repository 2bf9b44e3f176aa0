"""What happens to every request, whichever app answers it."""

import re
import uuid
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from portal.core.changes import position_now
from portal.core.errors import UserFacingError
from portal.core.views.errors import wrong_method

GetResponse = Callable[[HttpRequest], HttpResponse]
USABLE_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


class RequestId:
    """Give each request one id: in its answer, in its log lines, and on its error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the proxy's id when it is one, so that its log and ours can be laid together."""
        request_id = request_id_of(request.META)
        request.META["HTTP_X_REQUEST_ID"] = request_id
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        return response


def request_id_of(environ: Mapping[str, str]) -> str:
    """Return the id that a request came with, if it can be used, else a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if USABLE_ID.fullmatch(given) else str(uuid.uuid4())


class NoNul:
    """Refuse an address with a NUL character, which no text of PostgreSQL can hold."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400 before anybody looks for such a text."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("There is a NUL character in the address.")
        return self.get_response(request)


OF_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
SIGNED_OUT = "You had been signed out, so nothing was saved. Please do it once more."


class ExpiredLogin:
    """Send people whose log-in has expired to the log-in page, and back to where they were.

    An htmx request would follow a plain redirect, and swap the log-in page into a table cell. The
    address that a form posts to, or of a fragment, is no page to come back to. Whoever has sent a
    form hears that nothing was saved; a driver's phone sends no forms, and keeps what it has.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a stranger's redirect lead back to the page that was open."""
        response = self.get_response(request)
        is_read = request.method in {"GET", "HEAD"}
        htmx = getattr(request, "htmx", None)
        if response.status_code != 302 or request.user.is_authenticated or not to_login(response):
            return response
        if is_open(request):  # nobody was turned away: who was signing in goes to another page
            return response
        if request.content_type in OF_FORMS:
            messages.warning(request, SIGNED_OUT)
        if not htmx:
            return response if is_read else redirect(login_for(path_before(request)))
        return HttpResponseClientRedirect(login_for(htmx.current_url_abs_path or "/"))


def is_open(request: HttpRequest) -> bool:
    """Say whether a view answered that asks for no log-in."""
    match = request.resolver_match
    return match is not None and getattr(match.func, "login_required", True) is False


def to_login(response: HttpResponse) -> bool:
    """Say whether an answer sends a stranger to the log-in page."""
    return response.headers["Location"].split("?", 1)[0] == reverse(settings.LOGIN_URL)


def login_for(page: str) -> str:
    """Return the address of the log-in page that leads on to another page."""
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': page})}"


def path_before(request: HttpRequest) -> str:
    """Return the page of ours from which a form was sent; the first page if it is not known."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return "/"
    parts = urlsplit(before)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


class PagesForWrongMethods:
    """Show a page where somebody opens an address that only takes what a form sends.

    So it is after a reload of a page that a refused form has left in the address bar.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the empty answer to a browser's GET a page."""
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            page = wrong_method(request)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response


class LivePosition:
    """Note, before a page reads anything, from where its browser shall ask for changes.

    Noted any later, a change between the page's reading and the noting would never be shown.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave the position as ``request.live_position`` on whole pages."""
        if request.method == "GET" and request.user.is_authenticated and not request.htmx:  # type: ignore[attr-defined]
            request.live_position = position_now()  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalsAsToasts:
    """Show a refusal that no view caught, and keep the page as it was."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: only its refusals matter here."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a ``UserFacingError``; anything else is a bug, and Django's to answer."""
        if not isinstance(error, UserFacingError):
            return None
        if getattr(request, "htmx", None):
            return trigger_client_event(
                HttpResponse(status=422, headers={"HX-Reswap": "none"}),
                "toast",
                {"text": str(error)},
            )
        messages.error(request, str(error))
        return redirect(path_before(request))
