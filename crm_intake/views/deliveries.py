"""``/inbox/deliveries/``: what sources posted, and what became of it."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from crm_intake.models import WebhookDelivery
from crm_intake.selectors.bill import bill
from crm_intake.selectors.truth import latest_deliveries, truth_board
from crm_intake.services.replay_delivery import replay_delivery, replay_troubled
from crm_intake.sources import SOURCES
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial

MAY_ACT = (Role.OFFICE, Role.ADMIN)


@require_GET
@allow(*MAY_ACT, Role.DIRECTOR)
def deliveries(request: SignedInRequest) -> HttpResponse:
    """Show how each source has been heard, and its latest deliveries."""
    return show(request)


@require_POST
@allow(*MAY_ACT)
def replay(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Understand one delivery once more."""
    delivery = get_object_or_404(WebhookDelivery.objects.defer("body"), pk=delivery_id)
    return act(request, lambda: replay_delivery(delivery_id=delivery.pk, by=request.user))


@require_POST
@allow(*MAY_ACT)
def replay_all(request: SignedInRequest, source: str) -> HttpResponse:
    """Understand once more all that could not be understood of a source.

    :raises Http404: there is no such source.
    """
    if source not in SOURCES:
        raise Http404
    return act(request, lambda: replay_troubled(provider=source, by=request.user))


def act(request: SignedInRequest, write: Callable[[], object]) -> HttpResponse:
    """Do it, and show the page with what has become of it."""
    try:
        write()
    except UserFacingError as refusal:
        return show(request, refusal=str(refusal))
    return show(request)


def show(request: SignedInRequest, *, refusal: str = "") -> HttpResponse:
    """Render the page; 422 with a refusal."""
    now = timezone.now()
    context = {
        "board": truth_board(now),
        "bill": bill(now),
        "deliveries": latest_deliveries(),
        "may_act": request.user.role in MAY_ACT,
        "refusal": refusal,
    }
    return render_page_or_partial(
        request,
        "crm_intake/deliveries.html",
        "crm_intake/_deliveries.html",
        context,
        status=422 if refusal else 200,
    )
