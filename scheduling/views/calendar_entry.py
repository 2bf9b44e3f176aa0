"""An entry of the calendar: looked at, and moved by its form or by dragging."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import User
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.forms.move import MoveForm
from scheduling.forms.production import PlanForm
from scheduling.forms.receipt_day import ReceiptDayForm
from scheduling.selectors.calendar import one_entry
from scheduling.selectors.calendar_entry import Entry, Kind
from scheduling.services.edit_purchase import edit_purchase
from scheduling.services.move_jobs import move_jobs
from scheduling.services.plan_production import plan_production
from scheduling.views.board import words_of
from scheduling.views.calendar import (
    MAY_MOVE,
    MAY_OPEN,
    MAY_READ,
    asked_by,
    context_of,
    kinds_for,
)
from scheduling.views.move import JOBS, words_for
from scheduling.views.productions import MAY_MAKE, words_for_plan


@dataclass(frozen=True)
class Said:
    """What came of a move, what it leaves to be looked at, and whose customer may be told."""

    outcome: str
    warning: str = ""
    job: int | None = None


@require_GET
@allow(*MAY_READ)
def entry(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    """Show an entry, with the form that moves it for those who may."""
    found = found_entry(kind, key)
    return render_page_or_partial(
        request,
        "scheduling/calendar_entry.html",
        "scheduling/_calendar_entry.html",
        entry_context(request, found),
    )


@require_POST
@allow(*MAY_MAKE)
def move(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    """Put an entry elsewhere."""
    found = found_entry(kind, key)
    if found.kind not in kinds_for(request.user, MAY_MOVE):
        raise PermissionDenied(f"{found.kind} is not moved by this role")
    form = FORMS[found.kind](request.POST)
    if not form.is_valid():
        return refuse(request, found, words_of(form))
    try:
        said = MOVES[found.kind](found, form, request.user)
    except UserFacingError as refusal:
        return refuse(request, found, str(refusal))
    return after_move(request, said)


def found_entry(kind: str, key: str) -> Entry:
    """Return the entry as it is now.

    :raises Http404: it is not on the calendar, or not any more.
    """
    found = one_entry(kind, key, now=timezone.now())
    if found is None:
        raise Http404("Nothing of this kind is on the calendar.")
    return found


def entry_context(request: SignedInRequest, found: Entry, asked: Any = None) -> dict[str, Any]:
    """Return what the dialog says; ``asked`` is what it was refused for."""
    may_move = found.kind in kinds_for(request.user, MAY_MOVE) and not found.fixed
    return {
        "entry": found,
        "form": form_of(found, asked) if may_move else None,
        "here": asked_by(request).query(),
        "may_open": kinds_for(request.user, MAY_OPEN),
    }


def form_of(found: Entry, asked: Any = None) -> Any:
    """Return the form that moves it, with what was typed.

    Whoever reads a refusal has seen where it is now, and may send the form again.
    """
    day = found.first_day
    if found.kind in {Kind.DELIVERY, Kind.PICKUP}:
        return MoveForm.of([JOBS.get(pk=found.key)], day=day, asked=asked)
    if asked:
        asked = asked.copy()
        for name, value in found.seen.items():
            asked[name] = value
    times = {"starts_at": found.starts_at, "ends_at": found.ends_at, "day": day}
    return FORMS[found.kind](asked, initial={**times, **found.seen})


def refuse(request: SignedInRequest, found: Entry, refusal: str) -> HttpResponse:
    """Answer 422: in the dialog when it asked, with what was typed; else above the calendar."""
    found = one_entry(found.kind, found.key, now=timezone.now()) or found
    context = {**entry_context(request, found, request.POST), "refusal": refusal}
    if not request.htmx:
        return render(request, "scheduling/calendar_entry.html", context, status=422)
    context |= {**context_of(request), "in_dialog": bool(request.POST.get("in_dialog"))}
    return render(request, "scheduling/after_calendar_move.html", context, status=422)


def after_move(request: SignedInRequest, said: Said) -> HttpResponse:
    """Answer with the days as they are now and the outcome."""
    if request.htmx:
        context = {**context_of(request), "said": said}
        return render(request, "scheduling/after_calendar_move.html", context)
    if said.outcome:
        messages.success(request, said.outcome)
    if said.warning:
        messages.warning(request, said.warning)
    return redirect(f"{reverse('scheduling:calendar')}?{asked_by(request).query()}")


def _move_job(found: Entry, form: Any, by: User) -> Said:
    jobs = form.cleaned_data["job"]
    if [str(one.job_id) for one in jobs] != [found.key]:
        raise Http404("The form is about another job.")
    moved = move_jobs(jobs=jobs, spot=form.spot, by=by)
    return Said(words_for(moved), job=int(found.key) if moved[0].changed else None)


def _move_production(found: Entry, form: Any, by: User) -> Said:
    planned = plan_production(key=UUID(found.key), seen=form.seen, by=by, **form.times)
    return Said(*words_for_plan(planned))


def _move_receipt(found: Entry, form: Any, by: User) -> Said:
    key, today, day = UUID(found.key), timezone.localdate(), form.cleaned_data["day"]
    edit_purchase(key=key, head=form.edit, lines=(), wanted=(), today=today, by=by)
    return Said(f"{found.title} is expected on {day:%a %-d %b}.")


FORMS: Mapping[Kind, Callable[..., Any]] = {
    Kind.DELIVERY: MoveForm,
    Kind.PICKUP: MoveForm,
    Kind.PRODUCTION: PlanForm,
    Kind.RECEIPT: ReceiptDayForm,
}
MOVES: Mapping[Kind, Callable[[Entry, Any, User], Said]] = {
    Kind.DELIVERY: _move_job,
    Kind.PICKUP: _move_job,
    Kind.PRODUCTION: _move_production,
    Kind.RECEIPT: _move_receipt,
}
