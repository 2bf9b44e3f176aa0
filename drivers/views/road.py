"""``/runs/``: the day's runs as the office follows them, and what waits for its decision."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from drivers.forms.acts import words_of
from drivers.forms.decision import DecisionForm
from drivers.models import StopAction
from drivers.selectors.road import road_of
from drivers.services.decide_act import decide_act
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
    if not StopAction.objects.filter(pk=action_id).exists():
        raise Http404("No such act.")
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, refused=action_id, refusal=words_of(form))
    asked = form.cleaned_data
    try:
        decide_act(action_id=action_id, counts=asked["counts"], note=asked["note"], by=request.user)
    except UserFacingError as refusal:
        return show(request, refused=action_id, refusal=str(refusal), note=asked["note"])
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
        "refused_is_shown": about.get("refused") in {act.pk for act in shown.open_acts},
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
