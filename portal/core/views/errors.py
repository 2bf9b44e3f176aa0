"""The pages for what went wrong. They need no database, which may be what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int, **words: str) -> HttpResponse:
    context = {"request_id": request.META.get("HTTP_X_REQUEST_ID", ""), **words}
    return render(None, "errors/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent what we cannot read."""
    return _page(
        request,
        400,
        title="We could not read that request",
        advice="Go back, reload the page and try once more.",
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but not allowed."""
    return _page(
        request,
        403,
        title="Your role does not include this page",
        advice="Ask an administrator if you need it for your work.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old, or came from elsewhere."""
    return _page(
        request,
        403,
        title="This form has expired",
        advice="Nothing was changed. Reload the page and send the form again.",
    )


def wrong_method(request: HttpRequest) -> HttpResponse:
    """405: the address of a form was opened as if it were a page."""
    return _page(
        request,
        405,
        title="This address only takes what a form sends",
        advice="Nothing was changed. Start from the first page.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or no such record."""
    return _page(
        request,
        404,
        title="There is nothing at this address",
        advice="It may have been moved. Start from the first page.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug of ours."""
    return _page(
        request,
        500,
        title="Something broke on our side",
        advice="It was recorded. If it stays, tell an administrator the number below.",
    )
