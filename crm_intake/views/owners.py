"""``/leads/owners/``: who gets which new leads."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crm_intake.errors import RouteTaken
from crm_intake.forms.owners import RouteForm, TurnsForm
from crm_intake.selectors.leads import stages_and_owners
from crm_intake.selectors.owners import owners_by_turns, routes_shown
from crm_intake.services.change_owners import add_route, change_turns, remove_route
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role


@require_GET
@allow(Role.ADMIN)
def owners(request: SignedInRequest) -> HttpResponse:
    """Show who gets which."""
    return show(request)


@require_POST
@allow(Role.ADMIN)
def turns(request: SignedInRequest) -> HttpResponse:
    """Keep who gets leads by turns."""
    form = TurnsForm(stages_and_owners()[1], request.POST)
    if not form.is_valid():
        return show(request, turns_form=form)
    change_turns(owners=form.cleaned_data["owners"], by=request.user)
    messages.success(request, _("Saved."))
    return redirect("leads:owners")


@require_POST
@allow(Role.ADMIN)
def add(request: SignedInRequest) -> HttpResponse:
    """Let leads of a number or a territory be somebody's."""
    form = RouteForm(stages_and_owners()[1], request.POST)
    if form.is_valid():
        try:
            add_route(**form.cleaned_data, by=request.user)
        except RouteTaken as refusal:
            form.add_error("value", str(refusal))
    if form.errors:
        return show(request, route_form=form)
    messages.success(request, _("Saved."))
    return redirect("leads:owners")


@require_POST
@allow(Role.ADMIN)
def remove(request: SignedInRequest, route_id: int) -> HttpResponse:
    """Let them be anybody's again."""
    remove_route(route_id=route_id, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("leads:owners")


def show(request: SignedInRequest, **forms: Any) -> HttpResponse:
    """Render the page; 422 with a form that is not right."""
    people = stages_and_owners()[1]
    context = {
        "people": people,
        "routes": routes_shown(),
        "turns_form": TurnsForm(people, chosen=owners_by_turns()),
        "route_form": RouteForm(people),
        **forms,
    }
    return render(request, "crm_intake/owners.html", context, status=422 if forms else 200)
