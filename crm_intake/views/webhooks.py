"""The doors for sources: check the signature, store, wake, answer. No other work."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from crm_intake.services.note_refusal import note_refusal
from crm_intake.services.store_delivery import UNDERSTAND, store_delivery
from crm_intake.source import Post, Source
from crm_intake.stopper import stopper_in
from portal.core.bell import wake_soon
from portal.core.short_way import Environ, EnvironHeaders


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, source: Source, door: str) -> HttpResponse:
    """Take a post that came the long way."""
    if not request.headers.get("Content-Length"):  # a chunked body would be read as an empty one
        return HttpResponse(status=411)
    try:
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    return take(source, door, request.get_full_path(), request.headers, body)


def receive_shortly(environ: Environ, body: bytes, *, source: Source, door: str) -> HttpResponse:
    """Take a post that came the short way."""
    path = environ["PATH_INFO"]
    if query := environ["QUERY_STRING"]:
        path = f"{path}?{iri_to_uri(query)}"
    return take(source, door, path, EnvironHeaders(environ), body)


def take(
    source: Source, door: str, path: str, headers: Mapping[str, str], body: bytes
) -> HttpResponse:
    """Answer 2xx only when the delivery is on disk: any 5xx makes the source send it again."""
    now = timezone.now()
    url = f"{settings.PUBLIC_URL}{path}"
    verdict = source.check(Post(url=url, headers=headers, body=body, door=door, at=now))
    if verdict.refused:
        note_refusal(provider=source.name, reason=verdict.reason, body=body, now=now)
        return HttpResponse(status=401)
    stopper = stopper_in(source.written(body, verdict.about))
    store_delivery(provider=source.name, verdict=verdict, body=body, stopper=stopper, now=now)
    wake_soon(UNDERSTAND)
    answer = source.accepted
    return HttpResponse(answer.body, answer.content_type, answer.status)
