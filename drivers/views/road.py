"""``/runs/``: the day's runs as the office follows them, and what waits for its decision."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from drivers.forms.acts import words_of
from drivers.forms.decision import DecisionForm
from drivers.models import CardLink, StopAction
from drivers.selectors.road import road_of
from drivers.services.decide_act import decide_act
from drivers.services.settle_card_link import settle_card_link
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial

MAY_DECIDE = (Role.OFFICE, Role.ADMIN)


@require_GET
@allow(*MAY_DECIDE, Role.DIRECTOR)
def road(request: SignedInRequest) -> HttpResponse:
    """Show them; what drivers do appears by itself."""
    return show(request)


@require_POST
@allow(*MAY_DECIDE)
def decide(request: SignedInRequest, action_id: int) -> HttpResponse:
    """Let an act count, or settle it."""
    get_object_or_404(StopAction, pk=action_id)
    return settle(
        request,
        f"act-{action_id}",
        lambda asked: decide_act(action_id=action_id, by=request.user, **asked),
    )


@require_POST
@allow(*MAY_DECIDE)
def settle_link(request: SignedInRequest, link_id: int) -> HttpResponse:
    """Settle that a link to pay by card never reached the customer."""
    get_object_or_404(CardLink, pk=link_id)
    return settle(
        request,
        f"link-{link_id}",
        lambda asked: settle_card_link(link_id=link_id, note=asked["note"], by=request.user),
    )


def settle(
    request: SignedInRequest, key: str, write: Callable[[Mapping[str, Any]], object]
) -> HttpResponse:
    """Do what was asked for of what the page calls ``key``, and show what became of it."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, refused=key, refusal=words_of(form))
    asked = form.cleaned_data
    try:
        write(asked)
    except UserFacingError as refusal:
        return show(request, refused=key, refusal=str(refusal), note=asked["note"])
    outcome = _("It counts now.") if asked["counts"] else _("It is settled.")
    if request.htmx:
        return show(request, outcome=outcome)
    messages.success(request, outcome)
    return redirect(reverse("drivers:road"))


def show(request: SignedInRequest, **about: Any) -> HttpResponse:
    """Render the page, or what changes of it; 422 with a refusal."""
    shown = road_of(day=day_of(request))
    context = {
        "road": shown,
        "refused_is_shown": about.get("refused") in shown.keys,
        "may_decide": request.user.role in MAY_DECIDE,
        **about,
    }
    status = 422 if "refusal" in about else 200
    return render_page_or_partial(
        request, "drivers/road.html", "drivers/_road.html", context, status=status
    )


def day_of(request: SignedInRequest) -> dt.date:
    """Return the day that is asked for; today where none is."""
    try:
        return dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return timezone.localdate()
