"""What happens to every request, whichever app answers it."""

import re
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from portal.core.changes import position_now
from portal.core.errors import UserFacingError

GetResponse = Callable[[HttpRequest], HttpResponse]
USABLE_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


class RequestId:
    """Give each request one id: in its answer, in its log lines, and on its error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the proxy's id when it is one, so that its log and ours can be laid together."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if USABLE_ID.fullmatch(given) else str(uuid.uuid4())
        request.META["HTTP_X_REQUEST_ID"] = request_id
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        return response


class NoNul:
    """Refuse an address with a NUL character, which no text of PostgreSQL can hold."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400 before anybody looks for such a text."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("There is a NUL character in the address.")
        return self.get_response(request)


class HtmxLogin:
    """Send an htmx request whose log-in has expired to the log-in page.

    A plain redirect would be followed by the browser, and the log-in page swapped into a table
    cell. The page that the user sees is where they come back to, not the fragment's address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn a redirect of a stranger's htmx request into one of the whole page."""
        response = self.get_response(request)
        htmx = getattr(request, "htmx", None)
        if not htmx or response.status_code != 302 or request.user.is_authenticated:
            return response
        here = htmx.current_url_abs_path or "/"
        login = response.headers["Location"].split("?", 1)[0]
        return HttpResponseClientRedirect(f"{login}?{urlencode({'next': here})}")


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
        back = request.headers.get("Referer", "/")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
        return redirect(back if safe else "/")
