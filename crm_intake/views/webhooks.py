"""The doors for sources: check the signature, store, wake, answer. No other work."""

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from crm_intake.services.store_delivery import UNDERSTAND, note_refusal, store_delivery
from crm_intake.source import Post, Source
from crm_intake.stopper import stopper_in
from portal.core.jobs import wake

log = structlog.get_logger(__name__)


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, source: Source, door: str) -> HttpResponse:
    """Answer 2xx only when the delivery is on disk: any 5xx makes the source send it again."""
    if not request.headers.get("Content-Length"):  # a chunked body would be read as an empty one
        return HttpResponse(status=411)
    try:
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    now = timezone.now()
    url = f"{settings.PUBLIC_URL}{request.get_full_path()}"
    verdict = source.check(Post(url=url, headers=request.headers, body=body, door=door, at=now))
    if verdict.refused:
        note_refusal(provider=source.name, reason=verdict.reason, body=body, now=now)
        log.warning("webhook_refused", provider=source.name, reason=verdict.reason)
        return HttpResponse(status=401)
    stopper = stopper_in(source.written(body, verdict.about))
    store_delivery(provider=source.name, verdict=verdict, body=body, stopper=stopper, now=now)
    wake(UNDERSTAND)
    answer = source.accepted
    return HttpResponse(answer.body, answer.content_type, answer.status)
