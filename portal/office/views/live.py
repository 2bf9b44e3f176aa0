"""``/live``: what changed since an open page last looked."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.accounts.access import EVERYBODY, allow
from portal.core.changes import changed_since


@require_GET
@never_cache
@allow(*EVERYBODY)
def live(request: HttpRequest) -> HttpResponse:
    """Answer 204 when nothing changed, else ``{"position": text, "topics": [names]}``.

    ``since`` is the position that the page was made at, or that the last answer told. A text
    that is none is answered like ``0``: the page then shows everything anew.
    """
    try:
        changes = changed_since(request.GET.get("since", "0"))
    except ValueError:
        changes = changed_since("0")
    if not changes.topics:
        return HttpResponse(status=204)
    return JsonResponse({"position": changes.position, "topics": changes.topics})
