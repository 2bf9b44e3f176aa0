"""``/setup/hours/``: when the yard is open, and when its drivers work."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_profile
from scheduling.errors import NoHolidaysKnown
from scheduling.forms.hours import ROWS, DriverForm, HolidaysForm, WeekForm, row_form
from scheduling.selectors.hours import hours_lists
from scheduling.services.change_hours import (
    add_holidays,
    add_to_hours,
    remove_from_hours,
    set_week,
)
from scheduling.views.listed import is_added, known_kind


@require_GET
@allow(Role.ADMIN)
def hours(request: SignedInRequest) -> HttpResponse:
    """Show them."""
    return show(request)


@require_POST
@allow(Role.ADMIN)
def change_week(request: SignedInRequest) -> HttpResponse:
    """Keep the opening hours."""
    form = WeekForm(request.POST)
    if not form.is_valid():
        return show(request, week_form=form)
    set_week(hours=form.hours, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("scheduling:hours")


@require_POST
@allow(Role.ADMIN)
def close_on_holidays(request: SignedInRequest) -> HttpResponse:
    """Close the yard on a year's public holidays."""
    form = HolidaysForm(request.POST, this_year=timezone.localdate().year)
    added = 0
    if form.is_valid():
        try:
            added = add_holidays(year=form.cleaned_data["year"], by=request.user)
        except NoHolidaysKnown as refusal:
            form.add_error("year", str(refusal))
    if form.errors:
        return show(request, holidays_form=form)
    words = ngettext("%(number)s holiday added.", "%(number)s holidays added.", added)
    messages.success(request, words % {"number": added})
    return redirect("scheduling:hours")


@require_POST
@allow(Role.ADMIN)
def add(request: SignedInRequest, kind: str) -> HttpResponse:
    """Put something on a list."""
    form = row_form(known_kind(kind, ROWS), request.POST)
    if not is_added(form, partial(add_to_hours, kind=kind, by=request.user)):
        return show(request, **{f"{kind}_form": form})
    messages.success(request, _("Saved."))
    return redirect("scheduling:hours")


@require_POST
@allow(Role.ADMIN)
def remove(request: SignedInRequest, kind: str, row_id: int) -> HttpResponse:
    """Take something off a list."""
    remove_from_hours(kind=known_kind(kind, ROWS), key=row_id, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("scheduling:hours")


def show(request: SignedInRequest, **forms: Any) -> HttpResponse:
    """Render the page; 422 with a form that is not right."""
    today = timezone.localdate()
    lists = hours_lists(today=today)
    context = {
        "lists": lists,
        "country": business_profile().country,
        "week_form": WeekForm(known=lists.week),
        "holidays_form": HolidaysForm(this_year=today.year),
        **{f"{kind}_form": row_form(kind) for kind in ROWS},
        **forms,
    }
    for form in context.values():
        if isinstance(form, DriverForm):
            form.offer(lists.drivers)
    return render(request, "scheduling/hours.html", context, status=422 if forms else 200)
