"""``/purchases/``: what is drafted, what is to come, and what came."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.selectors.purchases import is_late, listed_purchases
from scheduling.services.confirm_purchases import confirm_purchases
from scheduling.views.keys import uuid_in

MAY_BUY = (Role.OFFICE, Role.ADMIN)


@require_GET
@allow(*MAY_BUY, Role.DIRECTOR)
def purchases(request: SignedInRequest) -> HttpResponse:
    """List them; what is marked stays marked when the list is read again."""
    return show(request)


@require_POST
@allow(*MAY_BUY)
def confirm_marked(request: SignedInRequest) -> HttpResponse:
    """Order all drafts that are marked."""
    try:
        number = confirm_purchases(keys=marked_in(request.POST), by=request.user)
    except UserFacingError as refusal:
        return show(request, refusal=str(refusal))
    outcome = f"{number} purchase confirmed." if number == 1 else f"{number} purchases confirmed."
    if request.htmx:
        return show(request, outcome=outcome)
    messages.success(request, outcome)
    return redirect("scheduling:purchases")


def show(request: SignedInRequest, *, refusal: str = "", outcome: str = "") -> HttpResponse:
    """Render the list; 422 with a refusal above it."""
    given, today = request.POST or request.GET, timezone.localdate()
    search = given.get("q", "").strip()
    listed = listed_purchases(search=search)
    context: dict[str, Any] = {
        "purchases": listed,
        "late": {one.order.pk for one in listed.coming if is_late(one, today=today)},
        "marked": set() if outcome else marked_in(given),
        "search": search,
        "may_buy": request.user.role in MAY_BUY,
        "refusal": refusal,
        "outcome": outcome,
    }
    return render_page_or_partial(
        request,
        "scheduling/purchases.html",
        "scheduling/_purchases.html",
        context,
        status=422 if refusal else 200,
    )


def marked_in(data: Any) -> set[UUID]:
    """Return what is marked; what is no key of a purchase is passed over."""
    return {key for text in data.getlist("marked") if (key := uuid_in(text)) is not None}
