"""``/setup/prices/``: what the business asks for deliveries."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_profile
from scheduling.forms.prices import ROWS, RatesForm, row_form
from scheduling.selectors.rates import price_list
from scheduling.services.change_rates import add_rate, change_rates, remove_rate
from scheduling.views.listed import is_added, known_kind


@require_GET
@allow(Role.ADMIN)
def prices(request: SignedInRequest) -> HttpResponse:
    """Show them."""
    return show(request)


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest) -> HttpResponse:
    """Keep what holds for every delivery."""
    form = RatesForm(request.POST)
    if not form.is_valid():
        return show(request, form=form)
    change_rates(changes=form.cleaned_data, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("scheduling:prices")


@require_POST
@allow(Role.ADMIN)
def add(request: SignedInRequest, kind: str) -> HttpResponse:
    """Put something on a list."""
    form = row_form(known_kind(kind, ROWS), request.POST)
    if not is_added(form, partial(add_rate, kind=kind, by=request.user)):
        return show(request, **{f"{kind}_form": form})
    messages.success(request, _("Saved."))
    return redirect("scheduling:prices")


@require_POST
@allow(Role.ADMIN)
def remove(request: SignedInRequest, kind: str, rate_id: int) -> HttpResponse:
    """Take something off a list."""
    remove_rate(kind=known_kind(kind, ROWS), key=rate_id, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("scheduling:prices")


def show(request: SignedInRequest, **forms: Any) -> HttpResponse:
    """Render the page; 422 with a form that is not right."""
    listed = price_list()
    context = {
        "prices": listed,
        "currency": business_profile().currency,
        "form": RatesForm.of(listed.row),
        **{f"{kind}_form": row_form(kind) for kind in ROWS},
        **forms,
    }
    return render(request, "scheduling/prices.html", context, status=422 if forms else 200)
