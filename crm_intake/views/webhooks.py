"""The doors for providers: check the signature, store, wake, answer. No other work."""

import structlog
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from crm_intake.quo.signature import check
from crm_intake.quo.stops import stopper_in
from crm_intake.selectors.quo import quo_keys
from crm_intake.services.store_delivery import note_refusal, store_delivery
from portal.core.jobs import wake

UNDERSTAND = "crm_intake.tasks.understand_deliveries"
log = structlog.get_logger(__name__)


@csrf_exempt
@login_not_required
@require_POST
def quo(request: HttpRequest) -> HttpResponse:
    """Answer 2xx only when the delivery is on disk: any 5xx makes the provider send it again."""
    if not request.headers.get("Content-Length"):  # a chunked body would be read as an empty one
        return HttpResponse(status=411)
    try:
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    now = timezone.now()
    verdict = check(headers=request.headers, body=body, now=now, keys=quo_keys())
    if verdict.refused:
        note_refusal(provider="quo", reason=verdict.reason, body=body, now=now)
        log.warning("webhook_refused", provider="quo", reason=verdict.reason)
        return HttpResponse(status=401)
    store_delivery(
        provider="quo",
        delivery_id=verdict.delivery_id,
        body=body,
        late=verdict.late,
        stopper=stopper_in(body),
        now=now,
    )
    wake(UNDERSTAND)
    return HttpResponse(status=204)
