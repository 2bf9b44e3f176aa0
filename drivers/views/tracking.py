"""``/t/<token>``: a customer follows a delivery, or what we fetch, without a log-in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from drivers.selectors.tracking import photo_of, tracked
from drivers.services.estimate_arrival import estimate_now
from portal.core.http import PortalRequest, render_page_or_partial
from portal.core.phone import for_people
from portal.core.visits import comes_too_often
from portal.setup.selectors.profile import business_zone

MOST, WITHIN = 120, 60  # a minute from one address: behind it may be many
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}
Words = ParamSpec("Words")
View = Callable[Concatenate[PortalRequest, Words], HttpResponse]


def for_strangers(view: View[Words]) -> View[Words]:
    """Let a view answer whoever has the link, not too often, and tell nobody of the address."""

    @wraps(view)
    def answer(request: PortalRequest, /, *args: Words.args, **words: Words.kwargs) -> HttpResponse:
        ip = get_adapter().get_client_ip(request)
        if comes_too_often("tracking", ip, most=MOST, within=WITHIN):
            refusal = _("Too many have looked just now. Please try again in a minute.")
            headers = {**HEADERS, "Retry-After": str(WITHIN)}
            return HttpResponse(refusal, "text/plain", status=429, headers=headers)
        response = view(request, *args, **words)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


@login_not_required
@require_GET
@for_strangers
def page(request: PortalRequest, token: str) -> HttpResponse:
    """Show how far it is."""
    with timezone.override(business_zone()):
        shown = tracked(token)
        if shown is None:
            raise Http404
        expected_at = estimate_now(shown)
        phones = [(one, for_people(one)) for one in request.business.phones[:1]]  # type: ignore[attr-defined]
        context = {
            "tracked": shown,
            "expected_at": expected_at,
            "is_late": expected_at is not None and expected_at <= timezone.now(),
            "phones": phones,
            "map_tiles": {
                "url": settings.MAP_TILES_URL,
                "attribution": settings.MAP_TILES_ATTRIBUTION,
            },
        }
        return render_page_or_partial(
            request, "drivers/tracking.html", "drivers/_tracking.html", context
        )


@login_not_required
@require_GET
@for_strangers
def photo(request: PortalRequest, token: str, proof: UUID) -> HttpResponse:
    """Answer a picture of what was handed over."""
    found = photo_of(token, proof)
    if found is None:
        raise Http404
    with found.file.open("rb") as content:
        return HttpResponse(
            content.read(),
            content_type=found.mimetype,
            headers={"Cache-Control": "private, max-age=3600"},
        )
