"""``/production/``: what is to be made at each work centre, and what was made."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from odoo_bridge.selectors.productions import ShownProduction
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from portal.core.templatetags.figures import moment, quantity
from scheduling.forms.production import MadeForm, PlanForm
from scheduling.selectors.productions import listed_productions, one_production
from scheduling.services.finish_production import Made, finish_production
from scheduling.services.plan_production import Planned, plan_production
from scheduling.services.start_production import start_production
from scheduling.views.board import words_of

MAY_MAKE = (Role.PRODUCTION, Role.OFFICE, Role.ADMIN)
MAY_OPEN_DESK = (Role.OFFICE, Role.ADMIN, Role.DIRECTOR)


@require_GET
@allow(*MAY_MAKE, Role.DIRECTOR)
def productions(request: SignedInRequest) -> HttpResponse:
    """List them; what others change appears by itself."""
    return show(request)


@require_POST
@allow(*MAY_MAKE)
def start(request: SignedInRequest, production_uuid: UUID) -> HttpResponse:
    """Somebody begins to make it."""
    found(production_uuid)
    try:
        shown = start_production(key=production_uuid, by=request.user)
    except UserFacingError as refusal:
        return show(request, refused=production_uuid, refusal=str(refusal))
    return done(request, f"{shown.order.name} is in progress.")


@require_POST
@allow(*MAY_MAKE)
def finish(request: SignedInRequest, production_uuid: UUID) -> HttpResponse:
    """It is made: all of it, or so much."""
    found(production_uuid)
    form = MadeForm(request.POST)
    if not form.is_valid():
        return show(request, refused=production_uuid, refusal=words_of(form))
    try:
        shown = finish_production(key=production_uuid, made=form.made, by=request.user)
    except UserFacingError as refusal:
        return show(request, refused=production_uuid, refusal=str(refusal))
    return done(request, words_for_end(shown, form.made))


@require_POST
@allow(*MAY_MAKE)
def plan(request: SignedInRequest, production_uuid: UUID) -> HttpResponse:
    """Put it elsewhere on the calendar."""
    found(production_uuid)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return show(request, refused=production_uuid, refusal=words_of(form))
    try:
        planned = plan_production(
            key=production_uuid, seen=form.seen, by=request.user, **form.times
        )
    except UserFacingError as refusal:
        return show(request, refused=production_uuid, refusal=str(refusal))
    return done(request, *words_for_plan(planned))


def found(key: UUID) -> ShownProduction:
    """Return the production as it shall be.

    :raises Http404: there is none.
    """
    shown = one_production(key)
    if shown is None:
        raise Http404
    return shown


def words_for_end(shown: ShownProduction, made: Made) -> str:
    """Say what was made of it, what of that is scrap, and what follows."""
    whole = made.good + made.scrapped
    words = [f"{shown.order.name} is done: {quantity(whole)} {shown.unit} made"]
    if made.scrapped:
        words.append(f"{quantity(made.scrapped)} of them scrapped")
    if made.rest_follows and whole < shown.order.quantity:
        words.append(f"{quantity(shown.order.quantity - whole)} to follow")
    return f"{', '.join(words)}."


def words_for_plan(planned: Planned) -> tuple[str, str]:
    """Say when it is made, and which deliveries leave before that."""
    shown = planned.shown
    outcome = f"{shown.order.name} is planned from {clock(shown.starts_at)} to "
    outcome += f"{clock(shown.ends_at)}."
    missed = [f"{one.order} ({clock(one.leaves_at)})" for one in planned.missed]
    warning = f"These deliveries leave before it is made: {', '.join(missed)}." if missed else ""
    return outcome, warning


def clock(at: Any) -> str:
    """Return a moment on the clock of the business."""
    return moment(timezone.localtime(at))


def done(request: SignedInRequest, outcome: str, warning: str = "") -> HttpResponse:
    """Answer with the list as it is now and the outcome."""
    if request.htmx:
        return show(request, outcome=outcome, warning=warning)
    messages.success(request, outcome)
    if warning:
        messages.warning(request, warning)
    return redirect("scheduling:productions")


def show(
    request: SignedInRequest, *, refused: UUID | None = None, refusal: str = "", **more: Any
) -> HttpResponse:
    """Render the list; 422 with a refusal, on the card that it concerns if that is listed."""
    listed = listed_productions(now=timezone.now())
    context: dict[str, Any] = {
        "productions": listed,
        "refused": refused if listed.card(refused) else None,
        "refusal": refusal,
        "typed": request.POST,
        "may_make": request.user.role in MAY_MAKE,
        "may_open_desk": request.user.role in MAY_OPEN_DESK,
        **more,
    }
    return render_page_or_partial(
        request,
        "scheduling/productions.html",
        "scheduling/_productions.html",
        context,
        status=422 if refusal else 200,
    )
