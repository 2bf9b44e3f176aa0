"""Moving a job: by dragging, by the dialog, and back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.forms.move import MoveForm
from scheduling.models import Job
from scheduling.services.plan_job import Moved, plan_job
from scheduling.services.unplan_job import unplan_job
from scheduling.views.board import MAY_PLAN, after_change, shown_day, words_of

JOBS = Job.objects.select_related("order__customer", "stop__run__truck__vehicle")


@require_GET
@allow(*MAY_PLAN)
def move_form(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Ask where a job shall go: what dragging does, for the keyboard."""
    job, day = get_object_or_404(JOBS, pk=job_id), shown_day(request)
    context = {"job": job, "form": MoveForm.of(job, day=day), "day": day}
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
        return refuse(request, job_id, words_of(form))
    spot, seen = form.spot, form.cleaned_data["seen"]
    try:
        if spot is None:
            moved = unplan_job(job_id=job_id, seen=seen, by=request.user)
        else:
            moved = plan_job(job_id=job_id, seen=seen, spot=spot, by=request.user)
    except UserFacingError as refusal:
        return refuse(request, job_id, str(refusal))
    return after_change(request, outcome=words_for(moved), moved=moved)


def refuse(request: SignedInRequest, job_id: int, refusal: str) -> HttpResponse:
    """Answer 422: in the dialog when it asked, with what was typed; else above the board."""
    if not request.POST.get("in_dialog"):
        return after_change(request, refusal=refusal)
    job, day = JOBS.get(pk=job_id), shown_day(request)
    form = MoveForm.of(job, day=day, asked=request.POST)
    if request.htmx:
        return after_change(request, refusal=refusal, job=job, form=form)
    context = {"job": job, "form": form, "day": day, "refusal": refusal}
    return render(request, "scheduling/move.html", context, status=422)


def words_for(moved: Moved) -> str:
    """Say where the job is now; nothing when it was there before."""
    name = moved.job.order.name
    if not moved.changed:
        return ""
    if moved.run is not None:
        return f"{name} is on {moved.run.truck}, {moved.run.day:%-d %b}."
    return f"{name} is to be scheduled again." if moved.job.is_open else f"{name} is off the run."
