"""``/board/``: a day's runs beside what is to be scheduled."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.forms.move import DayForm, DriverForm, MoveForm
from scheduling.models import Job
from scheduling.selectors.board import board_of
from scheduling.services.assign_driver import assign_driver
from scheduling.services.plan_job import Moved, plan_job
from scheduling.services.unplan_job import unplan_job

MAY_PLAN = (Role.OFFICE, Role.ADMIN)
ONE_DAY = dt.timedelta(days=1)


@require_GET
@allow(*MAY_PLAN, Role.DIRECTOR)
def board(request: SignedInRequest) -> HttpResponse:
    """Show the day; what others change appears by itself."""
    return show(request)


@require_GET
@allow(*MAY_PLAN)
def move_form(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Ask where a job shall go: what dragging does, for the keyboard."""
    job = get_object_or_404(Job.objects.select_related("order__customer"), pk=job_id)
    stop = getattr(job, "stop", None)
    day = shown_day(request)
    first = {"seen": job.moves, "day": day, "truck": stop.run.truck_id if stop else None}
    context = {"job": job, "form": MoveForm(initial=first), "day": day}
    return render_page_or_partial(
        request, "scheduling/move.html", "scheduling/_move_form.html", context
    )


@require_POST
@allow(*MAY_PLAN)
def move(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Put a job on a truck's day, or back among those to schedule."""
    get_object_or_404(Job, pk=job_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return show(request, refusal=words_of(form))
    place, seen = form.place, form.cleaned_data["seen"]
    try:
        if place is None:
            moved = unplan_job(job_id=job_id, seen=seen, by=request.user)
        else:
            moved = plan_job(job_id=job_id, seen=seen, place=place, by=request.user)
    except UserFacingError as refusal:
        return show(request, refusal=str(refusal))
    return show(request, moved=moved)


@require_POST
@allow(*MAY_PLAN)
def driver(request: SignedInRequest) -> HttpResponse:
    """Give a run to a driver."""
    form = DriverForm(request.POST)
    if not form.is_valid():
        return show(request, refusal=words_of(form))
    truck, who = form.cleaned_data["truck"], form.cleaned_data["driver"]
    day = form.cleaned_data["day"]
    try:
        assign_driver(truck_id=truck.pk, day=day, driver_id=who and who.pk, by=request.user)
    except UserFacingError as refusal:
        return show(request, refusal=str(refusal))
    return show(request)


def show(
    request: SignedInRequest, *, refusal: str = "", moved: Moved | None = None
) -> HttpResponse:
    """Render the day as it is now; after a move with its outcome, 422 when it was refused."""
    day = shown_day(request)
    context: dict[str, Any] = {
        "board": board_of(day=day),
        "day": day,
        "today": timezone.localdate(),
        "before": day - ONE_DAY,
        "after": day + ONE_DAY,
        "may_plan": request.user.role in MAY_PLAN,
        "refusal": refusal,
        "moved": moved,
    }
    return render_page_or_partial(
        request,
        "scheduling/board.html",
        "scheduling/_day.html" if request.method == "GET" else "scheduling/day_after_move.html",
        context,
        status=422 if refusal else 200,
    )


def shown_day(request: SignedInRequest) -> dt.date:
    """Return the day in the address."""
    return DayForm.day_of(request.GET, today=timezone.localdate())


def words_of(form: Any) -> str:
    """Return what is wrong with a form, field by field, in one line."""
    return " ".join(f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items())
