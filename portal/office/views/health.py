"""``/health``: what this installation depends on, and whether it answers."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.office.selectors.dependencies import dependencies


@login_not_required
@require_GET
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 while pages can be served, 503 otherwise; the bearer of the token sees why."""
    states = dependencies()
    answer: dict[str, object] = {"status": "ok" if all(s.ok for s in states) else "degraded"}
    if _may_see_details(request):
        answer["version"] = settings.VERSION
        answer["dependencies"] = {s.name: {"ok": s.ok, "detail": s.detail} for s in states}
    usable = all(s.ok for s in states if s.needed)
    return JsonResponse(answer, status=200 if usable else 503)


@login_not_required
@require_GET
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process can answer at all."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_GET
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 once pages can be served, for whoever sends traffic here."""
    usable = all(s.ok for s in dependencies() if s.needed)
    return JsonResponse({"status": "ok" if usable else "waiting"}, status=200 if usable else 503)


def _may_see_details(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = settings.HEALTH_TOKEN
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())
