"""Requests and answers as all views of the portal know them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class PortalRequest(HttpRequest):
    """A request that went through all our middleware."""

    htmx: HtmxDetails


def render_page_or_partial(
    request: PortalRequest, page: str, partial: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render ``partial`` for an htmx swap, and ``page`` for everything else.

    History restores and boosted links need the whole page although htmx asks for them.
    """
    wants_partial = (
        request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    )
    response = render(request, partial if wants_partial else page, context, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response
