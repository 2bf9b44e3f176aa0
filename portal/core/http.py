"""Requests and answers as all views of the portal know them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class PortalRequest(HttpRequest):
    """A request that went through all our middleware."""

    htmx: HtmxDetails


def is_whole_page(request: PortalRequest) -> bool:
    """Say whether somebody goes to the page, rather than htmx to a part of it.

    History restores and boosted links need the whole page although htmx asks for them.
    """
    htmx = request.htmx
    return not htmx or htmx.boosted or htmx.history_restore_request


def render_page_or_partial(
    request: PortalRequest, page: str, partial: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render ``partial`` for an htmx swap, and ``page`` for everything else."""
    template = page if is_whole_page(request) else partial
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response
