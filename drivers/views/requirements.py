"""``/setup/drivers/needs/``: what is wanted of the drivers, of whom and with what."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from drivers.forms.requirements import ExceptionForm, LevelForm, UsualForm
from drivers.selectors.needs import exceptions, search_whom, wanted
from drivers.services.change_requirements import (
    add_exception,
    change_exception,
    change_usual,
    remove_exception,
)
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from scheduling.views.listed import is_added

LONGEST_SEARCH = 200


@require_GET
@allow(Role.ADMIN)
def requirements(request: SignedInRequest) -> HttpResponse:
    """Show what is wanted, and the customers and products that are searched for."""
    return show(request)


@require_POST
@allow(Role.ADMIN)
def change_everybody(request: SignedInRequest) -> HttpResponse:
    """Keep what is wanted of everybody."""
    form = UsualForm(request.POST)
    if not form.is_valid():
        return show(request, usual_form=form)
    change_usual(levels=form.cleaned_data, by=request.user)
    return saved(request)


@require_POST
@allow(Role.ADMIN)
def add(request: SignedInRequest) -> HttpResponse:
    """Want it otherwise of a customer, or with a product."""
    form = ExceptionForm(request.POST)
    if not is_added(form, partial(add_exception, by=request.user)):
        return show(request, new_form=form)
    return saved(request)


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest, row_id: int) -> HttpResponse:
    """Keep another level of an exception."""
    form = LevelForm(request.POST)
    if not form.is_valid():
        return show(request, refusal=_("Choose a level."))
    change_exception(key=row_id, level=form.cleaned_data["level"], by=request.user)
    return saved(request)


@require_POST
@allow(Role.ADMIN)
def remove(request: SignedInRequest, row_id: int) -> HttpResponse:
    """Want the usual again."""
    remove_exception(key=row_id, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("drivers:needs")


def saved(request: SignedInRequest) -> HttpResponse:
    """Say so, and lead back."""
    messages.success(request, _("Saved."))
    return redirect("drivers:needs")


def show(request: SignedInRequest, **more: Any) -> HttpResponse:
    """Render the page; 422 with what is not right."""
    sent = request.POST if request.method == "POST" else request.GET
    words = sent.get("q", "").strip()[:LONGEST_SEARCH]
    customers, products = search_whom(words)
    context = {
        "rows": [(one, LevelForm.of(one)) for one in exceptions()],
        "words": words,
        "found": [
            *((f"customer-{one.pk}", one.name, one.address) for one in customers),
            *((f"product-{one.pk}", one.name, one.code) for one in products),
        ],
        "usual_form": UsualForm(initial=dict(wanted().everybody)),
        "new_form": ExceptionForm(),
        **more,
    }
    return render(request, "drivers/requirements.html", context, status=422 if more else 200)
